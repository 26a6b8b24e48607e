package dev.synod.paxos;

import com.typesafe.config.Config;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.paxos.actor.multi.MultiPaxosReplica;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Multi-Paxos as the protocol of a group: {@code Group.of("counter",
 * Counter::new).using(Paxos.protocol())}. Its members are those that it was founded by.
 */
public final class Paxos implements Protocol {

  private Paxos() {}

  /** With the settings of the actor system, under {@code synod.paxos.multi}. */
  public static Protocol protocol() {
    return new Paxos();
  }

  @Override
  public String name() {
    return "paxos";
  }

  @Override
  public void check(Config system) {
    settings(system);
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return Behaviors.setup(
        context ->
            MultiPaxosReplica.create(setup, settings(context.getSystem().settings().config())));
  }

  private static MultiPaxosSettings settings(Config system) {
    return MultiPaxosSettings.from(system.getConfig("synod.paxos.multi"));
  }
}
