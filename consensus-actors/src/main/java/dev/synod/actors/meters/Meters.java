package dev.synod.actors.meters;

import dev.synod.core.GroupId;

/**
 * Where measurements go, one per node. Every method may be called from any thread and never blocks
 * or fails.
 */
public interface Meters {

  /** Measures nothing. */
  Meters NONE = new NoMeters();

  /**
   * For the replica of that group hosted here. Asked for once when it starts; closed when it stops.
   */
  ReplicaMeters replica(GroupId group);

  /** For the clients of that group here. */
  ClientMeters client(GroupId group);

  /** For this node's log. */
  LogMeters log();

  /** For this node's channels to others. Asked for once, if it has any. */
  ChannelMeters channels();
}
