package dev.synod.paxos;

import com.typesafe.config.Config;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.node.FrameCheck;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.settings.Section;
import dev.synod.paxos.actor.RegistersReplica;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** How a node hosts registers: founded, found by its peers and stopped as any group is. */
final class RegisterProtocol implements Protocol {

  /** What stands around a value in an entry or a message, the key included. */
  private static final int AROUND_VALUE_BYTES_MAX = 1024;

  private final QuorumSystem quorums;
  private final ProposerSeat seat = new ProposerSeat();

  RegisterProtocol(QuorumSystem quorums) {
    this.quorums = quorums;
  }

  /** Where the one is that does what this node's callers want. */
  ProposerSeat seat() {
    return seat;
  }

  @Override
  public String name() {
    return ("paxos-registers " + quorums.name()).strip();
  }

  @Override
  public void check(Members founders) {
    quorums.of(founders.asVoters());
  }

  @Override
  public void check(Config system) {
    var settings = settings(system);
    long entry = settings.valueBytesMax() + (long) AROUND_VALUE_BYTES_MAX;
    long entryMax = system.getBytes("synod.log.entry-bytes-max");
    Section.require(
        entry <= entryMax,
        "synod.paxos.value-bytes-max (%d) with %d bytes around it must fit into"
            + " synod.log.entry-bytes-max (%d)",
        settings.valueBytesMax(),
        AROUND_VALUE_BYTES_MAX,
        entryMax);
    FrameCheck.require(
        system,
        entry + FrameCheck.ENVELOPE_BYTES_MAX,
        "values as large as synod.paxos.value-bytes-max (%d)".formatted(settings.valueBytesMax()));
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return Behaviors.setup(
        context ->
            RegistersReplica.create(
                setup,
                settings(context.getSystem().settings().config()),
                quorums.of(setup.founded().configuration().voters()),
                seat::taken,
                seat::stopped));
  }

  private static PaxosSettings settings(Config system) {
    return PaxosSettings.from(system.getConfig("synod.paxos"));
  }
}
