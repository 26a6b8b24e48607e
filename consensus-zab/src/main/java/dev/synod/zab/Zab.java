package dev.synod.zab;

import com.typesafe.config.Config;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Voting;
import dev.synod.zab.actor.ProposeFrame;
import dev.synod.zab.actor.ZabReplica;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;

/**
 * ZAB as the protocol of a group: {@code Group.of("counter", Counter::new).using(Zab.protocol())}.
 */
public final class Zab implements Protocol {

  private final Voting voting;

  private Zab(Voting voting) {
    this.voting = voting;
  }

  /** With the settings of the actor system, under {@code synod.zab}. */
  public static Protocol protocol() {
    return protocol(Voting.majority());
  }

  /**
   * As {@link #protocol()}, where votes count by weight, or by groups of servers; all founders say
   * the same. Who weighs nothing gets proposals and has them on its disk as all others do, but is
   * not waited for, and never leads.
   *
   * @throws IllegalArgumentException when a group of it is started of whose founders nobody could
   *     decide
   */
  public static Protocol protocol(Voting voting) {
    return new Zab(voting);
  }

  /** How much the word of each voter counts. */
  public Voting voting() {
    return voting;
  }

  @Override
  public String name() {
    return ("zab " + voting.name()).strip();
  }

  @Override
  public void check(Members founders) {
    voting.of(founders.asVoters());
  }

  @Override
  public void check(Config system) {
    ProposeFrame.check(settings(system), system);
  }

  /** A leader's transactions come to be in the order in which it prepared them (primary order). */
  @Override
  public boolean prepares() {
    return true;
  }

  /** Servers that do not vote may be among the founders. */
  @Override
  public boolean hasObservers() {
    return true;
  }

  @Override
  public Set<String> changeable() {
    return ZabSettings.CHANGEABLE;
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return ZabReplica.create(setup, voting, Zab::settings);
  }

  private static ZabSettings settings(Config system) {
    return ZabSettings.from(system.getConfig("synod.zab"));
  }
}
