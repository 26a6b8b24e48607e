package dev.synod.paxos;

import com.typesafe.config.Config;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.paxos.actor.multi.MultiPaxosReplica;
import dev.synod.paxos.rules.multi.Regimes;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Multi-Paxos as the protocol of a group: {@code Group.of("counter",
 * Counter::new).using(Paxos.protocol())}.
 */
public final class Paxos implements Protocol {

  /** Slots from the one that a configuration is chosen in to the first that it governs. */
  public static final int ALPHA = 4096;

  private final QuorumSystem quorums;
  private final int alpha;

  private Paxos(QuorumSystem quorums, int alpha) {
    if (alpha < 1 || alpha > ALPHA) {
      throw new IllegalArgumentException("alpha is 1 to %d, not %d".formatted(ALPHA, alpha));
    }
    this.quorums = quorums;
    this.alpha = alpha;
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
    return protocol(quorums, ALPHA);
  }

  /**
   * As {@link #protocol(QuorumSystem)}, with another alpha than {@value #ALPHA}. A configuration
   * that is chosen in slot i governs from slot i + alpha on (Lamport 2001, §3): so no more slots
   * than that are proposed beyond those applied, and a change of members takes two times so many
   * slots at most.
   *
   * @param alpha 1 to {@value #ALPHA}; all founders name the same
   * @throws IllegalArgumentException if it is not, or as {@link #protocol(QuorumSystem)} says
   */
  public static Protocol protocol(QuorumSystem quorums, int alpha) {
    return new Paxos(quorums, alpha);
  }

  /** Who has to promise and who to accept in its groups. */
  public QuorumSystem quorums() {
    return quorums;
  }

  /** Slots from the one that a configuration is chosen in to the first that it governs. */
  public int alpha() {
    return alpha;
  }

  @Override
  public String name() {
    var name = ("paxos " + quorums.name()).strip();
    return alpha == ALPHA ? name : name + " alpha=" + alpha;
  }

  @Override
  public Set<String> changeable() {
    return MultiPaxosSettings.CHANGEABLE;
  }

  @Override
  public void check(Members founders) {
    quorums.of(founders.asVoters());
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
                setup,
                Paxos::settings,
                Regimes.founding(
                    alpha,
                    configuration -> quorums.of(configuration.voters()),
                    setup.founded().configuration())));
  }

  private static MultiPaxosSettings settings(Config system) {
    return MultiPaxosSettings.from(system.getConfig("synod.paxos.multi"));
  }
}
