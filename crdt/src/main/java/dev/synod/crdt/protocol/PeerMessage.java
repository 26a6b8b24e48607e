package dev.synod.crdt.protocol;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;

/**
 * What one node's replicator sends to another's. A node keeps its address, while each start makes a
 * new replica on it; so all but questions names both replicas, and what was meant for one of
 * another start is not heard.
 */
public sealed interface PeerMessage extends ToReplicator {

  /** The replica that says so. */
  ReplicaId from();

  /**
   * Which replica are you? The sender says which one it is.
   *
   * @param node the sender's address
   * @param question tells the answer to this question from those to earlier ones
   */
  record Who(String node, ReplicaId from, long question) implements PeerMessage {}

  /** This one; the answer to {@link Who}. */
  record Here(String node, ReplicaId from, ReplicaId to, long question) implements PeerMessage {}

  /**
   * A {@link ReplicationMessage} as bytes.
   *
   * @param generation of the sender's {@link Standing}; others do not hear it
   */
  record Whole(ReplicaId from, ReplicaId to, long generation, Bytes message)
      implements PeerMessage {}

  /**
   * A part of a {@link ReplicationMessage} that is too large for one frame.
   *
   * @param generation of the sender's {@link Standing}; others do not hear it
   * @param parcel the number of the message, higher than that of earlier ones
   * @param offset how many bytes come before these
   * @param total how many bytes the message has
   */
  record Piece(
      ReplicaId from,
      ReplicaId to,
      long generation,
      long parcel,
      int offset,
      int total,
      Bytes bytes)
      implements PeerMessage {

    public Piece {
      if (offset < 0 || total < 1 || bytes.length() > total - offset) {
        throw new IllegalArgumentException(
            "%d bytes at %d of %d are no piece".formatted(bytes.length(), offset, total));
      }
    }
  }

  /**
   * The sender has the first bytes of a parcel.
   *
   * @param upTo how many
   */
  record Taken(ReplicaId from, ReplicaId to, long parcel, int upTo) implements PeerMessage {}

  /** The sender knows the standing of that number; the receiver may know a later one. */
  record Behind(ReplicaId from, ReplicaId to, long number) implements PeerMessage {}

  /** What stands, as the sender knows it. */
  record News(ReplicaId from, ReplicaId to, Standing standing) implements PeerMessage {}
}
