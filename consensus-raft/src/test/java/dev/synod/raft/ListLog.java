package dev.synod.raft;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogView;
import dev.synod.raft.rules.Effect;
import java.util.ArrayList;
import java.util.List;

/** A log as a list: slow, in memory, and simple enough to be obviously right. */
public final class ListLog implements LogView {

  private LogPosition base;
  private final List<Entry> entries;

  private ListLog(LogPosition base, List<Entry> entries) {
    this.base = base;
    this.entries = new ArrayList<>(entries);
  }

  /** One entry a term given, from index 1. Its payload names its place. */
  public static ListLog of(long... terms) {
    return after(LogPosition.ZERO, terms);
  }

  /** What is left of a log that was compacted up to {@code base}. */
  public static ListLog after(LogPosition base, long... terms) {
    var log = new ListLog(base, List.of());
    for (long term : terms) {
      log.entries.add(entry(log.last().index() + 1, term));
    }
    return log;
  }

  public static Entry entry(long index, long term) {
    var payload = Bytes.utf8(index + "@t" + term);
    return new Entry(index, new Term(term), EntryKind.COMMAND, payload);
  }

  public ListLog copy() {
    return new ListLog(base, entries);
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The entries from one index to another, both included. */
  public List<Entry> entries(long from, long to) {
    return entries.stream().filter(e -> e.index() >= from && e.index() <= to).toList();
  }

  public Entry entry(long index) {
    return entries(index, index).get(0);
  }

  public List<Long> terms() {
    return entries.stream().map(e -> e.term().number()).toList();
  }

  /** Does what an effect asks of a log; other effects are none of its business. */
  public void perform(Effect effect) {
    if (effect instanceof Effect.Append append) {
      append(append.entries());
    } else if (effect instanceof Effect.TruncateFrom cut) {
      if (cut.index() <= base.index() || cut.index() > last().index()) {
        throw new AssertionError("nothing to remove at " + cut.index() + ", last " + last());
      }
      entries.removeIf(e -> e.index() >= cut.index());
    } else if (effect instanceof Effect.Install install) {
      compactTo(install.lastIncluded());
    }
  }

  private void append(List<Entry> more) {
    for (Entry entry : more) {
      if (entry.index() != last().index() + 1) {
        throw new AssertionError(entry.position() + " does not follow " + last());
      }
      entries.add(entry);
    }
  }

  /** Fig. 13, 6 and 7: what follows an entry like that one stays; else all goes. */
  public void compactTo(LogPosition position) {
    boolean held =
        position.index() > base.index()
            && position.index() <= last().index()
            && termAt(position.index()).equals(position.term());
    if (held) {
      entries.removeIf(e -> e.index() <= position.index());
    } else {
      entries.clear();
    }
    base = position;
  }

  @Override
  public List<Entry> configurations() {
    return entries.stream().filter(e -> e.kind() == EntryKind.CONFIGURATION).toList();
  }

  @Override
  public LogPosition base() {
    return base;
  }

  @Override
  public LogPosition last() {
    return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
  }

  @Override
  public Term termAt(long index) {
    return index == base.index() ? base.term() : entry(index).term();
  }

  @Override
  public long firstIndexOfTermAt(long index) {
    Term term = termAt(index);
    return entries.stream().filter(e -> e.term().equals(term)).findFirst().orElseThrow().index();
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    long index = from;
    while (index < last().index() && fits(entries(from, index + 1), entriesMax, bytesMax)) {
      index++;
    }
    return index;
  }

  private static boolean fits(List<Entry> range, int entriesMax, long bytesMax) {
    long bytes = range.stream().mapToLong(e -> e.payload().length()).sum();
    return range.size() <= entriesMax && bytes <= bytesMax;
  }

  @Override
  public String toString() {
    return base + " | " + terms();
  }
}
