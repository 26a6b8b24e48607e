package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;

/** What a step wants done, in order. */
public sealed interface Effect {

  /** To be sent, and may be lost. */
  record Send(ReplicaId to, ReplicationMessage message) implements Effect {}

  /** The value of that key is another one now. */
  record Changed(String key) implements Effect {}

  /**
   * Something from another replica is merged: a value or a delta, and which changes it stands for.
   * Whoever outlives a restart writes it down.
   */
  record Merged(KeyedValue value) implements Effect {}

  /**
   * To be told, by {@link Replication#reached}, once this node's replica of another shard has these
   * changes.
   *
   * @param isMerged whether they are to count as merged there; else all their values are enough
   */
  record Await(int shard, VersionVector changes, boolean isMerged) implements Effect {}

  /** The change is the next one of those that are inherited, made anew. */
  record Anew() implements Effect {}

  /** Something from another replica was left out, and why: a key of no family, or damaged bytes. */
  record Refused(ReplicaId from, String key, String reason) implements Effect {}
}
