package dev.synod.testkit.scenario;

import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A protocol as it is, but for its name, so that no invariants look on: what happens to a group on
 * purpose they would take for a broken one.
 */
record Unobserved(Protocol protocol) implements Protocol {

  @Override
  public String name() {
    return protocol.name() + "-unobserved";
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return protocol.replica(setup);
  }
}
