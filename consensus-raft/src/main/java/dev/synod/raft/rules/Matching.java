package dev.synod.raft.rules;

import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogView;
import java.util.ArrayList;
import java.util.List;

/** §5.3's consistency check: where two logs agree, and what one must do to follow the other. */
final class Matching {

  private Matching() {}

  /**
   * Whether the log holds that entry. What compaction took away was committed, so it matches
   * whatever leader asks (leader completeness, §5.4).
   */
  static boolean holds(LogView log, LogPosition previous) {
    if (previous.index() < log.base().index()) {
      return true;
    }
    return previous.index() <= log.last().index()
        && log.termAt(previous.index()).equals(previous.term());
  }

  /**
   * The last entry of the log, at {@code limit} or before, whose term is at most {@code limit}'s:
   * nothing after it can match a log that holds {@code limit}. Skips a whole term at a time, so one
   * or two exchanges find the match (§5.3, end).
   */
  static LogPosition lastPossibleMatch(LogView log, LogPosition limit) {
    long index = Math.min(limit.index(), log.last().index());
    while (index > log.base().index()) {
      Term term = log.termAt(index);
      if (!term.isAfter(limit.term())) {
        return new LogPosition(index, term);
      }
      index = log.firstIndexOfTermAt(index) - 1;
    }
    return log.base();
  }

  /**
   * What makes the log hold these entries: remove from the first that conflicts, append from the
   * first that is missing. Entries already there stay, so a message that comes twice or late
   * changes nothing.
   */
  static List<Effect> adopting(LogView log, List<Entry> entries, long commitIndex) {
    var effects = new ArrayList<Effect>(2);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.index() <= log.base().index()) {
        continue;
      }
      boolean missing = entry.index() > log.last().index();
      if (!missing && log.termAt(entry.index()).equals(entry.term())) {
        continue;
      }
      if (!missing) {
        Invariants.check(
            entry.index() > commitIndex,
            "a committed entry is never replaced (§5.4, leader completeness): %s, committed up to"
                + " %s",
            entry.position(),
            commitIndex);
        effects.add(new Effect.TruncateFrom(entry.index()));
      }
      effects.add(new Effect.Append(entries.subList(i, entries.size())));
      break;
    }
    return effects;
  }
}
