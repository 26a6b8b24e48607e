package dev.synod.zab.rules;

/** Phases 1 to 3 of the protocol (Zab §V-B); phase 0 is the role {@link Looking}. */
public enum Phase {
  /** A quorum is to accept a new epoch, and to say what it has. */
  DISCOVERY,
  /** A quorum is to take over the leader's initial history. */
  SYNCHRONIZATION,
  /** The leader proposes, and all of them may serve clients. */
  BROADCAST
}
