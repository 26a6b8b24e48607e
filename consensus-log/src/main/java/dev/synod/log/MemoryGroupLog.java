package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.InvariantViolation;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A group's log in memory alone. What is written is as durable as it will ever be when the write
 * returns, so nothing waits and no other thread is woken. Not safe for use by several threads.
 */
public final class MemoryGroupLog implements GroupLog {

  /** What an entry takes besides its payload, in bytes, about. */
  static final long ENTRY_OVERHEAD_BYTES = 88;

  private final GroupId id;
  private final MemorySettings settings;
  private final TermRuns terms = new TermRuns();
  private final List<Entry> entries = new ArrayList<>();
  private final KeptConfigurations configurations = new KeptConfigurations();
  private LogPosition base = LogPosition.ZERO;
  private Optional<Bytes> saved = Optional.empty();
  private Optional<Bytes> description = Optional.empty();
  private @Nullable Listener listener;
  private long ticket;
  private long bytes;

  public MemoryGroupLog(GroupId id, MemorySettings settings) {
    this.id = id;
    this.settings = settings;
  }

  @Override
  public GroupId group() {
    return id;
  }

  @Override
  public Optional<Bytes> saved() {
    return saved;
  }

  @Override
  public Optional<Bytes> description() {
    return description;
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
    return index == base.index() ? base.term() : entryAt(index).term();
  }

  @Override
  public long firstIndexOfTermAt(long index) {
    if (index == base.index()) {
      return index;
    }
    entryAt(index);
    return Math.max(base.index() + 1, terms.startAt(index));
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    long payload = entryAt(from).payload().length();
    long end = Math.min(lastIndex(), from + entriesMax - 1);
    long last = from;
    while (last < end && payload + entryAt(last + 1).payload().length() <= bytesMax) {
      last++;
      payload += entryAt(last).payload().length();
    }
    return last;
  }

  @Override
  public List<Entry> configurations() {
    return configurations.all();
  }

  @Override
  public long append(List<Entry> appended) {
    if (appended.isEmpty()) {
      return ticket;
    }
    for (int i = 0; i < appended.size(); i++) {
      checkLength(appended.get(i).payload());
    }
    for (int i = 0; i < appended.size(); i++) {
      appendOne(appended.get(i));
    }
    return written();
  }

  private void appendOne(Entry entry) {
    if (entry.index() != lastIndex() + 1 || termAt(lastIndex()).isAfter(entry.term())) {
      throw new InvariantViolation(
          "entry %s can't follow %s of group %s".formatted(entry.position(), last(), id));
    }
    terms.append(entry.index(), entry.term().number());
    entries.add(entry);
    configurations.appended(entry);
    bytes += cost(entry);
  }

  @Override
  public long save(Bytes hardState) {
    checkLength(hardState);
    saved = Optional.of(hardState);
    return written();
  }

  @Override
  public long describe(Bytes text) {
    checkLength(text);
    description = Optional.of(text);
    return written();
  }

  @Override
  public long truncateFrom(long index) {
    Invariants.check(
        index > base.index(),
        "group %s: what is compacted can't be truncated: %s, base %s",
        id,
        index,
        base);
    if (index > lastIndex()) {
      return ticket;
    }
    terms.truncateFrom(index);
    configurations.truncateFrom(index);
    drop(entries.subList(slotOf(index), entries.size()));
    return written();
  }

  @Override
  public long compactTo(LogPosition upTo) {
    if (upTo.index() <= base.index()) {
      return ticket;
    }
    boolean held = upTo.index() <= lastIndex() && termAt(upTo.index()).equals(upTo.term());
    if (held && upTo.index() < lastIndex()) {
      terms.compactTo(upTo.index());
      configurations.compactTo(upTo.index());
      drop(entries.subList(0, slotOf(upTo.index()) + 1));
    } else {
      terms.clear();
      configurations.clear();
      drop(entries);
    }
    base = upTo;
    return written();
  }

  @Override
  public long lastTicket() {
    return ticket;
  }

  @Override
  public long durableTicket() {
    return ticket;
  }

  @Override
  public int entryBytesMax() {
    return settings.entryBytesMax();
  }

  @Override
  public boolean isBusy() {
    return bytes > settings.groupBytesMax();
  }

  @Override
  public Optional<List<Entry>> cached(long from, long to) {
    return from > base.index() && from <= to && to <= lastIndex()
        ? Optional.of(List.copyOf(entries.subList(slotOf(from), slotOf(to) + 1)))
        : Optional.empty();
  }

  /** Calls back before it returns. */
  @Override
  public void read(long from, long to, Consumer<ReadResult> callback) {
    callback.accept(
        cached(from, to).<ReadResult>map(ReadResult.Entries::new).orElseGet(ReadResult.Gone::new));
  }

  @Override
  public void listener(Listener told) {
    listener = told;
  }

  private long written() {
    ticket++;
    var told = listener;
    if (told != null) {
      told.durable(ticket);
    }
    return ticket;
  }

  private void drop(List<Entry> dropped) {
    for (Entry entry : dropped) {
      bytes -= cost(entry);
    }
    dropped.clear();
  }

  private Entry entryAt(long index) {
    if (index <= base.index() || index > lastIndex()) {
      throw new InvariantViolation(
          "group %s: no entry %d in [%d, %d]".formatted(id, index, base.index() + 1, lastIndex()));
    }
    return entries.get(slotOf(index));
  }

  private long lastIndex() {
    return base.index() + entries.size();
  }

  private int slotOf(long index) {
    return (int) (index - base.index() - 1);
  }

  private void checkLength(Bytes payload) {
    if (payload.length() > settings.entryBytesMax()) {
      throw new IllegalArgumentException(
          "a payload of %d bytes exceeds synod.log.entry-bytes-max (%d)"
              .formatted(payload.length(), settings.entryBytesMax()));
    }
  }

  private static long cost(Entry entry) {
    return ENTRY_OVERHEAD_BYTES + entry.payload().length();
  }
}
