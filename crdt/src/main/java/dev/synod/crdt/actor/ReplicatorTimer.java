package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.ToReplicator;

/** What a replicator tells itself. */
enum ReplicatorTimer implements ToReplicator {
  /** Behind the changes that wait already: all of them go together. */
  FLUSH,
  RESEND,
  ANTI_ENTROPY,
  TICK,
  NOTIFY,
  /** Behind what waits already: more changes of the replica before are to be made. */
  INHERIT
}
