package dev.synod.crdt.actor;

import dev.synod.actors.replica.DurableGate;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Recording;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.store.ReplicaStore;
import dev.synod.crdt.wire.RecordCodec;
import java.util.Optional;

/**
 * Keeps a replica in a store. Each step is one record, and so is each standing that it takes; what
 * leaves waits for the last record that was written before, in one queue, while the replica goes
 * on. Once the records behind the last snapshot have enough bytes, and not fewer than that snapshot
 * has, a new one takes their place.
 */
final class DurableKeeping implements Keeping {

  /**
   * Who reads the record of a new generation goes through all keys: as long as reading so many
   * bytes for each of them takes. So there are not many of them behind a snapshot.
   */
  private static final int SWEPT_KEY_BYTES = 32;

  private final ReplicaStore store;
  private final StoreSettings settings;
  private final DurableGate<Runnable> gate;
  private Inheritance inheritance;
  private long snapshotBytes;
  private long bytesBehind;
  private boolean isSnapshotting;
  private boolean isClosed;

  /**
   * @param snapshotBytes how many bytes the last snapshot has
   * @param bytesBehind how many bytes the records behind it take
   * @param inheritance changes of a replica before that are still to be made anew
   */
  DurableKeeping(
      ReplicaStore store,
      StoreSettings settings,
      long snapshotBytes,
      long bytesBehind,
      Inheritance inheritance) {
    this.store = store;
    this.settings = settings;
    this.gate = new DurableGate<>(settings.sendsWaitingMax());
    this.snapshotBytes = snapshotBytes;
    this.bytesBehind = bytesBehind;
    this.inheritance = inheritance;
  }

  @Override
  public void took(Replication before, Step step) {
    var kept = Recording.of(before, step);
    if (kept.isEmpty() || isClosed) {
      return;
    }
    append(kept.get());
    var after = step.after();
    if (after.standing().generation() > before.standing().generation()) {
      bytesBehind += (long) SWEPT_KEY_BYTES * after.keyCount();
    }
    inheritance = inheritance.after(step);
    if (!isSnapshotting && bytesBehind >= Math.max(settings.snapshotAfterBytes(), snapshotBytes)) {
      isSnapshotting = true;
      bytesBehind = 0;
      var replica = step.after();
      var left = inheritance;
      store.snapshot(
          each ->
              Recording.snapshot(
                  replica,
                  left,
                  settings.snapshotChunkBytes(),
                  part -> each.accept(RecordCodec.encode(part))));
    }
  }

  @Override
  public void became(Replication replica, Inheritance left) {
    if (!isClosed) {
      Recording.became(replica, left, settings.snapshotChunkBytes(), this::append);
      inheritance = left;
    }
  }

  private void append(KeptRecord kept) {
    var bytes = RecordCodec.encode(kept);
    store.append(bytes);
    bytesBehind += bytes.length() + ReplicaStore.RECORD_BYTES;
  }

  @Override
  public void leave(Runnable send) {
    if (isClosed) {
      return;
    }
    if (gate.isEmpty() && store.durableTicket() >= store.lastTicket()) {
      send.run();
    } else {
      gate.add(store.lastTicket(), send);
    }
  }

  /** Whether so much waits for the disk that nothing more is to be begun. */
  boolean isBusy() {
    return gate.isFull() || store.isBusy();
  }

  @Override
  public void check(Replication replica, ReplicationMessage message) {
    if (Recording.showsLoss(replica, message)) {
      throw lost(message.from().toString(), replica);
    }
  }

  private static IllegalStateException lost(String who, Replication replica) {
    return new IllegalStateException(
        ("%s has changes of %s that are not in its store, where the last one is %d: was an older"
                + " copy put in its place? Remove the store: the node then begins as a new"
                + " replica, with what the others have")
            .formatted(who, replica.self(), replica.lastChange()));
  }

  @Override
  public void check(Replication replica, Standing standing, String node) {
    var self = replica.self();
    if (Recording.showsLoss(replica, standing)) {
      throw lost("the registry", replica);
    } else if (Recording.showsOlder(replica, standing)) {
      throw new IllegalStateException(
          ("%s has reported changes of others that are not in its store: was an older copy put in"
                  + " its place? Remove the store: the node then begins as a new replica, with what"
                  + " the others have")
              .formatted(self));
    } else if (standing.has(self) && !standing.at(node).equals(Optional.of(self))) {
      throw new IllegalStateException(
          ("%s, which is in this store, is not at %s by the registry, but elsewhere: %s. Start it"
                  + " there, or evict that one first: the store then goes on as another replica")
              .formatted(self, node, standing.members()));
    }
  }

  /** Takes what the store says, but for failures. */
  void heard(StoreTold told) {
    if (told instanceof StoreTold.Durable durable) {
      gate.release(durable.ticket(), Runnable::run);
    } else if (told instanceof StoreTold.SnapshotWritten written) {
      store.forget();
      snapshotBytes = written.bytes();
      isSnapshotting = false;
    }
  }

  /** Nothing leaves any more; gives the store back. */
  void close() {
    isClosed = true;
    store.close();
  }
}
