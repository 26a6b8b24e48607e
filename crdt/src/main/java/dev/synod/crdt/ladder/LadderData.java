package dev.synod.crdt.ladder;

import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * This node's replica of the values, as its ladder asks it. What follows an answer runs on the
 * actor system's threads, as it does after an answer of the group.
 */
final class LadderData {

  private final ReplicatedValues data;
  private final Executor executor;

  LadderData(ReplicatedValues data, Executor executor) {
    this.data = data;
    this.executor = executor;
  }

  <T extends Lattice<T>> CompletionStage<UpdateOutcome> update(
      Family<T> family, String key, BiFunction<T, ReplicaId, T> change) {
    return here(data.update(family, key, change, Consistency.local()));
  }

  <T extends Lattice<T>> CompletionStage<ReadOutcome<T>> get(
      Family<T> family, String key, Consistency consistency) {
    return here(data.get(family, key, consistency));
  }

  CompletionStage<Replicator.Description> describe() {
    return here(data.describe());
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
