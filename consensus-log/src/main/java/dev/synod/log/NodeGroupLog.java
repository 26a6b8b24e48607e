package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.format.RecordKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A group's log as a part of the node's. */
final class NodeGroupLog implements GroupLog {

  private static final byte NO_ENTRY = 0;

  private final GroupId id;
  private final GroupState state;
  private final SharedLog shared;
  private final GroupRecent recent;
  private final CRC32C crc = new CRC32C();
  private Batch.@Nullable Mark mark;
  private long lastTicket;
  private volatile long durableTicket;
  private volatile @Nullable Listener listener;

  NodeGroupLog(GroupId id, GroupState state, SharedLog shared) {
    this.id = id;
    this.state = state;
    this.shared = shared;
    this.recent = new GroupRecent(shared.recent());
  }

  GroupState state() {
    return state;
  }

  @Override
  public GroupId group() {
    return id;
  }

  @Override
  public Optional<Bytes> saved() {
    return Optional.ofNullable(state.hardState().value());
  }

  @Override
  public Optional<Bytes> description() {
    return Optional.ofNullable(state.description().value());
  }

  @Override
  public LogPosition base() {
    return state.index().base();
  }

  @Override
  public LogPosition last() {
    return state.index().last();
  }

  @Override
  public Term termAt(long index) {
    checkKept(index, state.index().baseIndex());
    return new Term(state.index().termAt(index));
  }

  @Override
  public long firstIndexOfTermAt(long index) {
    checkKept(index, state.index().baseIndex());
    return state.index().firstIndexOfTermAt(index);
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    checkKept(from, state.index().baseIndex() + 1);
    long end = Math.min(state.index().lastIndex(), from + entriesMax - 1);
    long bytes = state.index().lengthAt(from);
    long last = from;
    while (last < end && bytes + state.index().lengthAt(last + 1) <= bytesMax) {
      last++;
      bytes += state.index().lengthAt(last);
    }
    return last;
  }

  @Override
  public List<Entry> configurations() {
    return state.configurations().all();
  }

  @Override
  public long append(List<Entry> entries) {
    if (entries.isEmpty()) {
      return lastTicket;
    }
    entries.forEach(entry -> shared.checkLength(entry.payload()));
    int[] checksums = entries.stream().mapToInt(entry -> checksumOf(entry.payload())).toArray();
    return write(
        () -> {
          for (int i = 0; i < checksums.length; i++) {
            appendOne(entries.get(i), checksums[i]);
          }
          shared.recent().endRun(recent, state.index().lastIndex());
        });
  }

  private void appendOne(Entry entry, int checksum) {
    Invariants.check(
        entry.index() == state.index().lastIndex() + 1
            && entry.term().number() >= state.index().lastTerm(),
        "entry %s can't follow %s of group %s",
        entry.position(),
        last(),
        id);
    long term = entry.term().number();
    shared
        .tail()
        .header()
        .set(RecordKind.ENTRY, entry.kind().code(), state.number(), entry.index(), term)
        .payload(entry.payload().length(), checksum);
    long location = shared.tail().put(state, entry.payload());
    state.index().append(entry.index(), term, location, entry.payload().length());
    state.configurations().appended(entry);
    recent.append(entry);
  }

  @Override
  public long save(Bytes hardState) {
    shared.checkLength(hardState);
    return write(
        () -> {
          long location = put(RecordKind.HARD_STATE, 0, 0, hardState);
          state.hardState().set(location, hardState, shared.segments());
        });
  }

  @Override
  public long describe(Bytes description) {
    shared.checkLength(description);
    return write(
        () -> {
          long location = put(RecordKind.DESCRIPTION, 0, 0, description);
          state.description().set(location, description, shared.segments());
        });
  }

  @Override
  public long truncateFrom(long index) {
    Invariants.check(
        index > state.index().baseIndex(),
        "group %s: what is compacted can't be truncated: %s, base %s",
        id,
        index,
        state.index().baseIndex());
    if (index > state.index().lastIndex()) {
      return lastTicket;
    }
    return write(
        () -> {
          long location = put(RecordKind.TRUNCATED, index, 0, Bytes.EMPTY);
          shared.segments().release(location, 0);
          state.index().truncateFrom(index, shared.segments()::release);
          state.configurations().truncateFrom(index);
          recent.dropFrom(index);
        });
  }

  @Override
  public long compactTo(LogPosition upTo) {
    long index = upTo.index();
    long term = upTo.term().number();
    if (index <= state.index().baseIndex()) {
      return lastTicket;
    }
    boolean held = state.index().holds(index) && state.index().termAt(index) == term;
    RecordKind kind = held ? RecordKind.COMPACTED : RecordKind.RESET;
    return write(
        () -> {
          long location = put(kind, index, term, Bytes.EMPTY);
          state.base().set(location, null, shared.segments());
          if (held) {
            state.index().compactTo(index, term, shared.segments()::release);
            state.configurations().compactTo(index);
            recent.dropUpTo(index);
          } else {
            state.index().resetTo(index, term, shared.segments()::release);
            state.configurations().clear();
            recent.dropFrom(0);
          }
        });
  }

  /** The group's first record: the number that all others carry. */
  void open() {
    write(
        () -> {
          Bytes name = Bytes.utf8(id.name());
          state.opened().set(put(RecordKind.GROUP_OPENED, 0, 0, name), name, segments());
        });
  }

  /** The group's last record. */
  void remove() {
    write(
        () -> {
          long location = put(RecordKind.GROUP_REMOVED, 0, 0, Bytes.EMPTY);
          shared.segments().release(location, 0);
          state.remove(shared.segments());
          recent.dropFrom(0);
        });
  }

  @Override
  public long lastTicket() {
    return lastTicket;
  }

  @Override
  public long durableTicket() {
    return durableTicket;
  }

  @Override
  public int entryBytesMax() {
    return shared.entryBytesMax();
  }

  @Override
  public boolean isBusy() {
    return shared.isBusy();
  }

  @Override
  public Optional<List<Entry>> cached(long from, long to) {
    synchronized (shared.tail()) {
      return recent.get(from, to);
    }
  }

  @Override
  public void delivered(long upTo) {
    synchronized (shared.tail()) {
      recent.dropUpTo(upTo);
    }
  }

  @Override
  public void read(long from, long to, Consumer<ReadResult> callback) {
    shared.read(new EntryReader(shared, state, from, to, callback));
  }

  @Override
  public void listener(Listener told) {
    listener = told;
    LogFailure failure = shared.tail().failure();
    if (failure != null) {
      told.failed(failure);
    }
  }

  void durable(long ticket) {
    durableTicket = ticket;
    Listener told = listener;
    if (told != null) {
      told.durable(ticket);
    }
  }

  void failed(LogFailure failure) {
    Listener told = listener;
    if (told != null) {
      told.failed(failure);
    }
  }

  private Segments segments() {
    return shared.segments();
  }

  private long write(Runnable change) {
    long ticket;
    boolean needsKick;
    synchronized (shared.tail()) {
      Invariants.check(!state.isRemoved(), "group %s was removed", id);
      change.run();
      ticket = ++lastTicket;
      Batch batch = shared.tail().openBatch();
      if (batch != null) {
        mark = batch.mark(this, mark, ticket);
      }
      needsKick = shared.writer().needsKick();
    }
    if (needsKick) {
      shared.kick();
    }
    return ticket;
  }

  /** Writes a record about the group, not one of its entries. */
  private long put(RecordKind kind, long index, long term, Bytes payload) {
    Tail tail = shared.tail();
    tail.header()
        .set(kind, NO_ENTRY, state.number(), index, term)
        .payload(payload.length(), checksumOf(payload));
    return tail.put(state, payload);
  }

  /** Of a payload that isn't copied: computed here, since an append holds no monitor meanwhile. */
  private int checksumOf(Bytes payload) {
    if (shared.tail().isCopied(payload.length())) {
      return 0;
    }
    crc.reset();
    payload.addTo(crc);
    return (int) crc.getValue();
  }

  private void checkKept(long index, long first) {
    Invariants.check(
        index >= first && index <= state.index().lastIndex(),
        "group %s: no entry %s in [%s, %s]",
        id,
        index,
        first,
        state.index().lastIndex());
  }
}
