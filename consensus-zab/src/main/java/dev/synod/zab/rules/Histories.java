package dev.synod.zab.rules;

import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogView;
import java.util.List;
import java.util.Optional;

/**
 * How two histories compare. A transaction is what one primary put at one place, so histories that
 * hold the same one are the same up to there.
 */
final class Histories {

  private Histories() {}

  /** Whether that transaction is there. What compaction took away was committed, so it is. */
  static boolean holds(LogView log, LogPosition position) {
    if (position.index() < log.base().index()) {
      return true;
    }
    return position.index() <= log.last().index()
        && log.termAt(position.index()).equals(position.term());
  }

  /**
   * The last transaction at {@code limit} or before, in the order of zxids; the log's base if none
   * is kept. Two histories have nothing in common after that of one where the other ends.
   */
  static LogPosition lastAtMost(LogView log, LogPosition limit) {
    long index = Math.min(limit.index(), log.last().index());
    while (index > log.base().index()) {
      Term epoch = log.termAt(index);
      if (!epoch.isAfter(limit.term())) {
        return new LogPosition(index, epoch);
      }
      index = log.firstIndexOfTermAt(index) - 1;
    }
    return log.base();
  }

  /** Those that are not there yet; empty if others stand at their places. */
  static Optional<List<Entry>> missing(LogView log, List<Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      if (entry.index() > log.last().index()) {
        return Optional.of(entries.subList(i, entries.size()));
      }
      if (!holds(log, entry.position())) {
        return Optional.empty();
      }
    }
    return Optional.of(List.of());
  }
}
