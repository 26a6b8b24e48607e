package dev.synod.actors.message;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a group's client understands: answers from replicas and nodes, and what callers on its own
 * node want.
 */
public interface GroupClientMessage {

  /** This node hosts a replica of the group, there: the first to turn to. */
  record Hosted(ActorRef<ReplicaMessage> replica) implements GroupClientMessage {}
}
