package dev.synod.zab.actor;

import dev.synod.actors.message.ReplicaMessage;

/** The timers of one replica, and what it tells itself. */
enum Timeout implements ReplicaMessage {
  ELECTION,
  FINALIZE,
  JOIN,
  SILENCE,
  HEARTBEAT,
  QUORUM_CHECK,
  /** Nobody has taken over in time from a leader that is to stop. */
  DEPARTURE,
  /** The leader may not have heard what was asked about reads. */
  SYNC,
  /**
   * Lands behind the proposals and reads that are already in the mailbox: all of them become one
   * batch.
   */
  FLUSH
}
