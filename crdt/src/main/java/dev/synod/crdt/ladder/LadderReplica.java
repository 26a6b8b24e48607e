package dev.synod.crdt.ladder;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * This node's replica of the values, as its ladder asks it. What follows an answer runs on the
 * actor system's threads, as it does after an answer of the group.
 *
 * <p>Where a registry gives ids, the replica may be another one at any time, which begins with an
 * empty memory. So each question says which one is meant, and what another one answers is none.
 */
final class LadderReplica {

  private final ReplicatedValues data;
  private final boolean isRegistered;
  private final Executor executor;

  /** The replica is another one by now; nothing was done. */
  static final class OtherReplicaException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    OtherReplicaException(ReplicaId meant, ReplicaId other) {
      super("this node's replica was %s and is %s by now".formatted(meant, other));
    }
  }

  /**
   * @param isRegistered whether a registry gives the ids
   */
  LadderReplica(ReplicatedValues data, boolean isRegistered, Executor executor) {
    this.data = data;
    this.isRegistered = isRegistered;
    this.executor = executor;
  }

  boolean isRegistered() {
    return isRegistered;
  }

  /**
   * Changes a value here.
   *
   * @return fails with an {@link OtherReplicaException} if that one is not here any more
   */
  <T extends Lattice<T>> CompletionStage<UpdateOutcome> update(
      ReplicaId by, Family<T> family, String key, BiFunction<T, ReplicaId, T> change) {
    var other = new AtomicReference<@Nullable OtherReplicaException>();
    BiFunction<T, ReplicaId, T> checked =
        (value, self) -> {
          if (!self.equals(by)) {
            var mistaken = new OtherReplicaException(by, self);
            other.set(mistaken);
            throw mistaken;
          }
          return change.apply(value, self);
        };
    return here(data.update(family, key, checked, Consistency.local()))
        .thenCompose(
            outcome -> {
              var mistaken = other.get();
              return mistaken == null
                  ? CompletableFuture.completedStage(outcome)
                  : CompletableFuture.failedStage(mistaken);
            });
  }

  /**
   * Reads a value here, at once. Who the replica is it says after that: no id comes back.
   *
   * @return fails with an {@link OtherReplicaException} if that one is not here any more
   */
  <T extends Lattice<T>> CompletionStage<ReadOutcome<T>> get(
      ReplicaId by, Family<T> family, String key) {
    var read = here(data.get(family, key, Consistency.local()));
    return isRegistered
        ? read.thenCombine(describe(), Answered<T>::new).thenCompose(it -> it.of(by))
        : read;
  }

  private record Answered<T>(ReadOutcome<T> outcome, Replicator.Description then) {

    CompletionStage<ReadOutcome<T>> of(ReplicaId by) {
      return then.self().equals(by)
          ? CompletableFuture.completedStage(outcome)
          : CompletableFuture.failedStage(new OtherReplicaException(by, then.self()));
    }
  }

  /**
   * Waits until all that the token names is here; what is read then counts for nothing. It is
   * merged at the replica that was here before the call, or that one is not here any more.
   */
  <T extends Lattice<T>> CompletionStage<ReadOutcome<T>> await(
      Family<T> family, String key, CausalToken after, Duration timeout) {
    return here(data.get(family, key, Consistency.local().after(after, timeout)));
  }

  CompletionStage<Replicator.Description> describe() {
    return here(data.describe());
  }

  /** Whether that is why it has failed. */
  static boolean isOther(@Nullable Throwable failure) {
    return failure instanceof OtherReplicaException
        || (failure != null && failure.getCause() instanceof OtherReplicaException);
  }

  private <A> CompletionStage<A> here(CompletionStage<A> stage) {
    return on(executor, stage);
  }

  /** The same stage, completed on that executor's threads. */
  static <A> CompletionStage<A> on(Executor executor, CompletionStage<A> stage) {
    var answer = new CompletableFuture<A>();
    stage.whenCompleteAsync(
        (value, failure) -> {
          if (failure == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(failure);
          }
        },
        executor);
    return answer;
  }
}
