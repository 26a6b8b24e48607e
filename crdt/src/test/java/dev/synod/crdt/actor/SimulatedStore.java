package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.store.ReplicaStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory: writes wait until they are forced, a crash loses those that wait. Snapshots
 * are written when the test says so, at once as a whole.
 */
class SimulatedStore implements ReplicaStore {

  /** What a crash leaves. */
  private Optional<Optional<ReplicaId>> id = Optional.empty();

  private long starts;
  private long base;
  private final List<Bytes> records = new ArrayList<>();
  private Optional<Snapshot> snapshot = Optional.empty();

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private long durable;
  private long last;
  private @Nullable Snapshot begun;
  private @Nullable Consumer<Consumer<Bytes>> content;
  private long snapshotted;

  private record Snapshot(long upTo, List<Bytes> records) {}

  private long write(Runnable change) {
    waiting.add(change);
    return lastTicket();
  }

  @Override
  public Start start(Supplier<Optional<ReplicaId>> ids) {
    var self = id.orElseGet(ids);
    long number = starts + 1;
    write(() -> id = Optional.of(self));
    write(() -> starts = number);
    return new Start(self, number);
  }

  @Override
  public void recover(Reader reader) {
    snapshot.ifPresent(it -> it.records().forEach(reader::record));
    long from = snapshot.map(Snapshot::upTo).orElse(0L);
    long end = base + records.size();
    for (long index = Math.max(base, from) + 1; index <= end; index++) {
      reader.record(records.get((int) (index - base - 1)));
    }
    if (from > end) {
      records.clear();
      base = from;
    }
    last = base + records.size();
    reader.end(0, 0);
  }

  @Override
  public long append(Bytes kept) {
    last++;
    return write(() -> records.add(kept));
  }

  /** How many records were ever appended, and not lost. */
  long appended() {
    return last;
  }

  @Override
  public long lastTicket() {
    return durable + waiting.size();
  }

  @Override
  public long durableTicket() {
    return durable;
  }

  @Override
  public boolean isBusy() {
    return false;
  }

  @Override
  public void snapshot(Consumer<Consumer<Bytes>> given) {
    begun = new Snapshot(last, new ArrayList<>());
    content = given;
  }

  /** Writes the snapshot that was begun; whether there was one. */
  boolean finishSnapshot() {
    if (begun == null || content == null) {
      return false;
    }
    content.accept(begun.records()::add);
    snapshot = Optional.of(begun);
    snapshotted = begun.upTo();
    begun = null;
    return true;
  }

  @Override
  public void forget() {
    forgetUpTo(snapshotted);
  }

  private void forgetUpTo(long upTo) {
    write(
        () -> {
          while (base < upTo && !records.isEmpty()) {
            records.remove(0);
            base++;
          }
        });
  }

  /** Where the snapshot that is being written ends. */
  void forgetUnwritten() {
    if (begun != null) {
      forgetUpTo(begun.upTo());
    }
  }

  /** Forces the first ones of those that wait. */
  void force(int writes) {
    for (int i = 0; i < writes && !waiting.isEmpty(); i++) {
      waiting.remove().run();
      durable++;
    }
  }

  int waiting() {
    return waiting.size();
  }

  /** How many records are kept behind the last snapshot, or before it and not forgotten yet. */
  int kept() {
    return records.size();
  }

  void crash() {
    waiting.clear();
    begun = null;
    durable = 0;
  }

  @Override
  public void listener(Listener listener) {}

  @Override
  public void close() {}
}
