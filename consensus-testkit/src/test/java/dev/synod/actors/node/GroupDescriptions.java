package dev.synod.actors.node;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.SessionLimits;

/** The way to a group's description for tests outside of its package. */
public final class GroupDescriptions {

  private GroupDescriptions() {}

  /** A group that lives by Raft. */
  public static Bytes sample(Configuration configuration) {
    var founded = new Founded(77, configuration, new SessionLimits(100, 10));
    return new GroupDescription("raft", founded).encode();
  }

  /** The bytes again that this description is kept as; refuses as a node does. */
  public static Bytes again(Bytes bytes) {
    return GroupDescription.decode(bytes).encode();
  }
}
