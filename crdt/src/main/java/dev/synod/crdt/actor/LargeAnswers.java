package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.HeavyAnswer;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.wire.MessageCodec;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has answers with large values written by another thread, one to each other at a time, from the
 * replica as it was when the question's turn came. Meanwhile its next questions wait.
 */
final class LargeAnswers {

  private final Executor aside;
  private final Consumer<ToReplicator> replicator;
  private final int weightMin;
  private final Map<ReplicaId, Making> making = new TreeMap<>();

  /** One that is being written, as no other one is. */
  static final class Making {}

  /**
   * It is written, or can't be.
   *
   * @param answer null if it can't be, by that failure
   */
  record Made(
      Making making, ReplicaId to, @Nullable Bytes answer, @Nullable RuntimeException failure)
      implements FromAside {}

  /**
   * @param aside runs what takes long, on whatever thread
   * @param replicator is told when something is written
   * @param weightMin values with so many elements are large
   */
  LargeAnswers(Executor aside, Consumer<ToReplicator> replicator, int weightMin) {
    this.aside = aside;
    this.replicator = replicator;
    this.weightMin = weightMin;
  }

  /** Whether an answer to that one is being written. */
  boolean isMaking(ReplicaId to) {
    return making.containsKey(to);
  }

  /** Begins to write the answer if it is a large one; else nothing is done. */
  boolean begin(ReplicaId to, ReplicationMessage question, Replication replica) {
    if (!HeavyAnswer.isFor(replica, question, weightMin)) {
      return false;
    }
    var one = new Making();
    making.put(to, one);
    aside.execute(() -> replicator.accept(made(one, to, question, replica)));
    return true;
  }

  private static Made made(
      Making one, ReplicaId to, ReplicationMessage question, Replication replica) {
    try {
      return new Made(one, to, MessageCodec.encode(HeavyAnswer.of(replica, question)), null);
    } catch (RuntimeException e) {
      return new Made(one, to, null, e);
    } catch (Error e) { // told in any case: questions wait for it
      return new Made(one, to, null, new IllegalStateException(e));
    }
  }

  /**
   * That is written: it is sent, unless it is not wanted any more.
   *
   * @throws RuntimeException if it can't be written, as when the replica writes it itself
   */
  void done(Made made, BiConsumer<ReplicaId, Bytes> send) {
    if (!making.remove(made.to(), made.making())) {
      return; // whoever asked has gone meanwhile, or does not hear this replica as it was
    }
    if (made.failure() != null) {
      throw made.failure();
    } else if (made.answer() != null) {
      send.accept(made.to(), made.answer());
    }
  }

  /** That one is gone for ever. */
  void left(ReplicaId other) {
    making.remove(other);
  }

  /** Nothing of what is being written is to be sent any more. */
  void forget() {
    making.clear();
  }
}
