package dev.synod.actors.message;

import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.SessionLimits;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What nodes say to each other's node actor, at a path that all of them know. */
public interface NodeMessage extends WireMessage {

  /**
   * "I host a replica of this group, here." Sent to every member's node when a replica starts,
   * repeated until all have been heard, and answered if asked.
   *
   * @param founded empty while the group has not been founded as far as the sender knows
   * @param configuration the newest that the sender knows of
   */
  record Hello(
      GroupId group,
      Member sender,
      ActorRef<ReplicaMessage> replica,
      Optional<Founded> founded,
      Optional<Configuration> configuration,
      Optional<ActorRef<NodeMessage>> answerTo)
      implements NodeMessage, ReplicaMessage {}

  /**
   * How a group began: agreed by all first members before the first election, never changed.
   *
   * @param incarnation a digest of the group's name and all of this; messages between incarnations
   *     are refused
   * @param configuration the first one; later ones are entries
   * @param sessions those of the node that founded the group
   */
  record Founded(long incarnation, Configuration configuration, SessionLimits sessions) {}

  /** "Where is a replica of this group?" */
  record Locate(GroupId group, ActorRef<Located> replyTo) implements NodeMessage {}

  /** The node's own replica of that group; empty if it hosts none. */
  record Located(GroupId group, Optional<ActorRef<ReplicaMessage>> replica)
      implements WireMessage, GroupClientMessage {}
}
