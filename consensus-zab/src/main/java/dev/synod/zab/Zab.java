package dev.synod.zab;

import com.typesafe.config.Config;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.zab.actor.ProposeFrame;
import dev.synod.zab.actor.ZabReplica;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;

/**
 * ZAB as the protocol of a group: {@code Group.of("counter", Counter::new).using(Zab.protocol())}.
 */
public final class Zab implements Protocol {

  private Zab() {}

  /** With the settings of the actor system, under {@code synod.zab}. */
  public static Protocol protocol() {
    return new Zab();
  }

  @Override
  public String name() {
    return "zab";
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
    return ZabReplica.create(setup, Zab::settings);
  }

  private static ZabSettings settings(Config system) {
    return ZabSettings.from(system.getConfig("synod.zab"));
  }
}
