package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;

/** The timers of one replica, and what it tells itself. */
enum Timeout implements ReplicaMessage {
  ELECTION,
  STICKINESS,
  HEARTBEAT,
  QUORUM_CHECK,
  /** The leader may not have heard what was asked about reads. */
  READ_INDEX,
  /** Whoever was to take over had its time. */
  DEPARTURE,
  /**
   * Lands behind the proposals and reads that are already in the mailbox: all of them become one
   * batch.
   */
  FLUSH
}
