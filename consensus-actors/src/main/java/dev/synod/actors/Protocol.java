package dev.synod.actors;

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

  /** The behaviour of one replica of a founded group. */
  Behavior<ReplicaMessage> replica(ReplicaSetup setup);
}
