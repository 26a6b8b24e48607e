package dev.synod.zab.rules;

import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogView;
import java.util.ArrayList;
import java.util.List;

/** What a server writes, in order; a crash takes what is not durable yet. */
final class ZabDisk implements LogView {

  private sealed interface Write {
    record Saved(Epochs epochs) implements Write {}

    record Appended(Entry entry) implements Write {}

    record Truncated(long index) implements Write {}

    record Compacted(LogPosition upTo) implements Write {}
  }

  /** What a number of writes come to. */
  private static final class Image {
    private LogPosition base = LogPosition.ZERO;
    private final List<Entry> entries = new ArrayList<>();
    private Epochs epochs = Epochs.INITIAL;

    void apply(Write write) {
      if (write instanceof Write.Saved saved) {
        epochs = saved.epochs();
      } else if (write instanceof Write.Appended appended) {
        append(appended.entry());
      } else if (write instanceof Write.Truncated truncated) {
        entries.removeIf(entry -> entry.index() >= truncated.index());
      } else if (write instanceof Write.Compacted compacted) {
        compactTo(compacted.upTo());
      }
    }

    private void append(Entry entry) {
      boolean follows = entry.index() == last().index() + 1;
      if (!follows || last().term().isAfter(entry.term())) {
        throw new AssertionError(
            "a log has no hole: " + entry.position() + " does not follow " + last());
      }
      entries.add(entry);
    }

    private void compactTo(LogPosition upTo) {
      boolean holds =
          upTo.index() > base.index()
              && upTo.index() <= last().index()
              && at(upTo.index()).position().equals(upTo);
      if (holds) {
        entries.removeIf(entry -> entry.index() <= upTo.index());
      } else {
        entries.clear();
      }
      base = upTo;
    }

    LogPosition last() {
      return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
    }

    Entry at(long index) {
      return entries.get((int) (index - base.index() - 1));
    }
  }

  private final List<Write> writes = new ArrayList<>();
  private int durable;
  private Image memory = new Image();
  private final Image synced = new Image();

  int ticket() {
    return writes.size();
  }

  int durable() {
    return durable;
  }

  /** So many more writes are durable. */
  void advance(int count) {
    for (int i = 0; i < count && durable < writes.size(); i++) {
      synced.apply(writes.get(durable++));
    }
  }

  /** What is not durable is gone. */
  void crash() {
    writes.subList(durable, writes.size()).clear();
    memory = new Image();
    writes.forEach(memory::apply);
  }

  void save(Epochs epochs) {
    write(new Write.Saved(epochs));
  }

  void append(List<Entry> entries) {
    entries.forEach(entry -> write(new Write.Appended(entry)));
  }

  void truncateFrom(long index) {
    write(new Write.Truncated(index));
  }

  void compactTo(LogPosition upTo) {
    write(new Write.Compacted(upTo));
  }

  private void write(Write write) {
    writes.add(write);
    memory.apply(write);
  }

  Epochs epochs() {
    return memory.epochs;
  }

  Epochs durableEpochs() {
    return synced.epochs;
  }

  LogPosition durableLast() {
    return synced.last();
  }

  /** Those kept from one place to another, as far as they are durable. */
  List<Entry> durableUpTo(long index) {
    return synced.entries.stream().filter(entry -> entry.index() <= index).toList();
  }

  Entry entry(long index) {
    return memory.at(index);
  }

  List<Entry> entries(long from, long to) {
    return memory.entries.stream()
        .filter(entry -> entry.index() >= from && entry.index() <= to)
        .toList();
  }

  List<Long> epochsOfEntries() {
    return memory.entries.stream().map(entry -> entry.term().number()).toList();
  }

  @Override
  public LogPosition base() {
    return memory.base;
  }

  @Override
  public LogPosition last() {
    return memory.last();
  }

  @Override
  public Term termAt(long index) {
    return index == memory.base.index() ? memory.base.term() : entry(index).term();
  }

  @Override
  public long firstIndexOfTermAt(long index) {
    var term = termAt(index);
    return memory.entries.stream()
        .filter(entry -> entry.term().equals(term))
        .findFirst()
        .orElseThrow()
        .index();
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    return Math.min(last().index(), from + entriesMax - 1);
  }

  @Override
  public List<Entry> configurations() {
    return memory.entries.stream().filter(e -> e.kind() == EntryKind.CONFIGURATION).toList();
  }

  @Override
  public String toString() {
    return memory.base + " | " + epochsOfEntries() + " " + memory.epochs;
  }
}
