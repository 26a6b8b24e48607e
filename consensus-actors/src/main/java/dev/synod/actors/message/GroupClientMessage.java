package dev.synod.actors.message;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a group's client understands: answers from replicas and nodes, and what callers on its own
 * node want.
 */
public interface GroupClientMessage {

  /** This node hosts a replica of the group, there: the first to turn to. */
  record Hosted(ActorRef<ReplicaMessage> replica) implements GroupClientMessage {}

  /**
   * Where are the group's replicas?
   *
   * @param again whether those known so far were asked in vain: then the nodes are asked, too
   */
  record FindReplicas(ActorRef<Replicas> replyTo, boolean again) implements GroupClientMessage {}

  /** The replicas known so far, those to turn to first in front. */
  record Replicas(List<ActorRef<ReplicaMessage>> replicas) {}
}
