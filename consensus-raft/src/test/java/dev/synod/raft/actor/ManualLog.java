package dev.synod.raft.actor;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log in memory whose writes become durable only when the test says so. Safe to look at from the
 * test's thread.
 */
final class ManualLog implements GroupLog {

  private final List<Entry> entries = new ArrayList<>();
  private LogPosition base = LogPosition.ZERO;
  private Optional<Bytes> saved = Optional.empty();
  private Optional<Bytes> description = Optional.empty();
  private long lastTicket;
  private long durableTicket;
  private Optional<Listener> listener = Optional.empty();

  /** The disk has caught up with all writes so far. */
  synchronized void becomeDurable() {
    durableTicket = lastTicket;
    listener.ifPresent(one -> one.durable(durableTicket));
  }

  synchronized void fail(LogFailure failure) {
    listener.ifPresent(one -> one.failed(failure));
  }

  @Override
  public synchronized List<Entry> configurations() {
    return entries.stream().filter(entry -> entry.kind() == EntryKind.CONFIGURATION).toList();
  }

  @Override
  public GroupId group() {
    return ShellFixture.GROUP;
  }

  @Override
  public synchronized Optional<Bytes> saved() {
    return saved;
  }

  @Override
  public synchronized Optional<Bytes> description() {
    return description;
  }

  @Override
  public synchronized long append(List<Entry> more) {
    entries.addAll(more);
    return ++lastTicket;
  }

  @Override
  public synchronized long save(Bytes hardState) {
    saved = Optional.of(hardState);
    return ++lastTicket;
  }

  @Override
  public synchronized long describe(Bytes text) {
    description = Optional.of(text);
    return ++lastTicket;
  }

  @Override
  public synchronized long truncateFrom(long index) {
    entries.removeIf(entry -> entry.index() >= index);
    return ++lastTicket;
  }

  @Override
  public synchronized long compactTo(LogPosition upTo) {
    boolean held =
        upTo.index() >= base.index()
            && upTo.index() <= last().index()
            && termAt(upTo.index()).equals(upTo.term());
    entries.removeIf(entry -> !held || entry.index() <= upTo.index());
    base = upTo;
    return ++lastTicket;
  }

  @Override
  public synchronized long lastTicket() {
    return lastTicket;
  }

  @Override
  public synchronized long durableTicket() {
    return durableTicket;
  }

  @Override
  public int entryBytesMax() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean isBusy() {
    return false;
  }

  @Override
  public synchronized Optional<List<Entry>> cached(long from, long to) {
    int first = (int) (from - base.index() - 1);
    return Optional.of(List.copyOf(entries.subList(first, (int) (to - base.index()))));
  }

  @Override
  public void read(long from, long to, Consumer<ReadResult> callback) {
    callback.accept(new ReadResult.Entries(cached(from, to).orElseThrow()));
  }

  @Override
  public synchronized void listener(Listener one) {
    listener = Optional.of(one);
  }

  @Override
  public synchronized LogPosition base() {
    return base;
  }

  @Override
  public synchronized LogPosition last() {
    return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
  }

  @Override
  public synchronized Term termAt(long index) {
    return index == base.index()
        ? base.term()
        : entries.get((int) (index - base.index() - 1)).term();
  }

  @Override
  public synchronized long firstIndexOfTermAt(long index) {
    long first = index;
    while (first > base.index() + 1 && termAt(first - 1).equals(termAt(index))) {
      first--;
    }
    return first;
  }

  @Override
  public synchronized long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    return Math.min(last().index(), from + entriesMax - 1);
  }
}
