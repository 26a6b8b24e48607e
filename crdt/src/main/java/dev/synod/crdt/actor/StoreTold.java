package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Recovery;

/** What a replicator hears of its store. */
sealed interface StoreTold extends ToReplicator {

  /** All writes up to that ticket are durable. */
  record Durable(long ticket) implements StoreTold {}

  /** A snapshot of so many bytes is durable. */
  record SnapshotWritten(long bytes) implements StoreTold {}

  /** Nothing that was written since may be relied on, nor can anything more be written. */
  record Failed(String why) implements StoreTold {}

  /** Something is damaged that can be done without. */
  record Damaged(String what) implements StoreTold {}

  /** All that was kept is read: a snapshot of so many bytes, and so many bytes behind it. */
  record Recovered(Recovery recovery, long snapshotBytes, long bytesBehind) implements StoreTold {}
}
