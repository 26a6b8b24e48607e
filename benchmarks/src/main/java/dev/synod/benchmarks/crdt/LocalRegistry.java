package dev.synod.benchmarks.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.registry.ReplicaRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A registry in this process, so that no group's work is measured. */
final class LocalRegistry implements ReplicaRegistry {

  private Registry registry = Registry.EMPTY;

  private synchronized CompletionStage<Standing> call(UnaryOperator<Registry> command) {
    registry = command.apply(registry);
    return CompletableFuture.completedFuture(registry.standing());
  }

  @Override
  public CompletionStage<Standing> enrol(String node, long start) {
    return call(it -> it.enrol(node, start));
  }

  @Override
  public CompletionStage<Standing> evict(String node) {
    return call(it -> it.evict(node));
  }

  @Override
  public CompletionStage<Standing> report(ReplicaId by, long standing, VersionVector merged) {
    return call(it -> it.report(by, standing, merged));
  }

  @Override
  public CompletionStage<Standing> standing() {
    return call(it -> it);
  }
}
