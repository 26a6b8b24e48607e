package dev.synod.actors;

import com.typesafe.config.Config;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import org.apache.pekko.actor.typed.Behavior;

/** A consensus protocol, as a group chooses it: {@code Raft.protocol()}. */
public interface Protocol {

  /**
   * Short and stable, such as {@code raft}: written into the group's description, so a group can't
   * change it.
   */
  String name();

  /**
   * Refuses settings of the protocol that are wrong, or that the actor system can't carry, before a
   * replica starts.
   *
   * @param system the whole configuration of the actor system
   * @throws IllegalArgumentException with names and values
   */
  default void check(Config system) {}

  /** The behaviour of one replica of a founded group. */
  Behavior<ReplicaMessage> replica(ReplicaSetup setup);
}
