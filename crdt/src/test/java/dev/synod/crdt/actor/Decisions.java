package dev.synod.crdt.actor;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.registry.ReplicaRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A registry that answers at once. */
final class Decisions implements ReplicaRegistry {
  private Registry registry = Registry.EMPTY.enrol("b", 1);
  private int enrolments;
  private int reports;

  private synchronized CompletionStage<Standing> decide(UnaryOperator<Registry> command) {
    registry = command.apply(registry);
    return CompletableFuture.completedFuture(registry.standing());
  }

  @Override
  public synchronized CompletionStage<Standing> enrol(String node, long start) {
    enrolments++;
    return decide(it -> it.enrol(node, start));
  }

  @Override
  public CompletionStage<Standing> evict(String node) {
    return decide(it -> it.evict(node));
  }

  @Override
  public synchronized CompletionStage<Standing> report(
      ReplicaId by, long standing, VersionVector merged) {
    reports++;
    return decide(it -> it.report(by, standing, merged));
  }

  @Override
  public CompletionStage<Standing> standing() {
    return decide(it -> it);
  }

  synchronized Registry now() {
    return registry;
  }

  synchronized int enrolments() {
    return enrolments;
  }

  synchronized int reports() {
    return reports;
  }

  /** That one has merged so much, as the registry hears it. */
  void reported(ReplicaId by, VersionVector merged) {
    decide(it -> it.report(by, it.number(), merged));
  }
}
