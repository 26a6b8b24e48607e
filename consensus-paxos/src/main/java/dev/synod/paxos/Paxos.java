package dev.synod.paxos;

import com.typesafe.config.Config;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.paxos.actor.multi.MultiPaxosReplica;
import java.util.ArrayList;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Multi-Paxos as the protocol of a group: {@code Group.of("counter",
 * Counter::new).using(Paxos.protocol())}. Its members are those that it was founded by.
 */
public final class Paxos implements Protocol {

  private final QuorumSystem quorums;

  private Paxos(QuorumSystem quorums) {
    this.quorums = quorums;
  }

  /** With the settings of the actor system, under {@code synod.paxos.multi}. */
  public static Protocol protocol() {
    return protocol(QuorumSystem.majorities());
  }

  /**
   * As {@link #protocol()}, with other quorums than majorities; all founders name the same.
   *
   * @throws IllegalArgumentException when a group of it is started whose voters have no such
   *     quorums
   */
  public static Protocol protocol(QuorumSystem quorums) {
    return new Paxos(quorums);
  }

  /** Who has to promise and who to accept in its groups. */
  public QuorumSystem quorums() {
    return quorums;
  }

  @Override
  public String name() {
    return ("paxos " + quorums.name()).strip();
  }

  @Override
  public Set<String> changeable() {
    return MultiPaxosSettings.CHANGEABLE;
  }

  /** Any stores do for that. */
  @Override
  public void check(Members founders) {
    var voters = new ArrayList<Member>();
    for (NodeAddress node : founders.nodes()) {
      voters.add(new Member(StoreId.of(voters.size() + 1L), node));
    }
    quorums.of(voters);
  }

  @Override
  public void check(Config system) {
    settings(system);
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return Behaviors.setup(
        context ->
            MultiPaxosReplica.create(
                setup, Paxos::settings, quorums.of(setup.founded().configuration().voters())));
  }

  private static MultiPaxosSettings settings(Config system) {
    return MultiPaxosSettings.from(system.getConfig("synod.paxos.multi"));
  }
}
