package dev.synod.actors.health;

import dev.synod.actors.Consensus;
import dev.synod.actors.LocalNode;
import dev.synod.actors.message.ReplicaStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * A readiness check in the form that Pekko Management loads: ready if every replica hosted here is
 * well, knows a leader, and has applied what is committed, up to {@code synod.health.unapplied-max}
 * entries. A node that hosts nothing is ready.
 */
public final class GroupsReady implements Supplier<CompletionStage<Boolean>> {

  private final Consensus consensus;
  private final long unappliedMax;

  /** As Pekko Management makes it. */
  public GroupsReady(ActorSystem system) {
    this.consensus = Consensus.get(Adapter.toTyped(system));
    this.unappliedMax = system.settings().config().getLong("synod.health.unapplied-max");
  }

  @Override
  public CompletionStage<Boolean> get() {
    return consensus
        .hosting()
        .map(LocalNode::statuses)
        .orElseGet(() -> CompletableFuture.completedStage(List.of()))
        .thenApply(all -> all.stream().allMatch(this::isReady));
  }

  boolean isReady(ReplicaStatus replica) {
    return replica.trouble().isEmpty()
        && replica.leader().isPresent()
        && replica.commitIndex() - replica.appliedIndex() <= unappliedMax;
  }
}
