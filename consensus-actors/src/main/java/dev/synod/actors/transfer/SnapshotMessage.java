package dev.synod.actors.transfer;

import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WireMessage;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.snapshot.Snapshots;
import org.apache.pekko.actor.typed.ActorRef;

/** What a node's snapshot receiver understands. */
public interface SnapshotMessage {

  /**
   * Sender to the other node, which hands it to its receiver: I have this for your replica of the
   * group. Said again after a silence.
   *
   * @param term of the sender's leadership; a later leader's offer takes the place of an earlier
   *     one's
   * @param position of the last entry in it
   * @param configuration at that position
   * @param bytes of the whole body
   * @param crc CRC32C of the whole body: with the position it says which snapshot this is
   * @param stateless whether it is for a witness, and holds nothing but position and configuration
   */
  record Offer(
      GroupId group,
      long incarnation,
      StoreId from,
      Term term,
      LogPosition position,
      Configuration configuration,
      long bytes,
      int crc,
      boolean stateless,
      ActorRef<Reply> sender)
      implements SnapshotMessage, NodeMessage {

    public Offer {
      if (bytes < 1 || position.index() < 1) {
        throw new IllegalArgumentException(
            "a snapshot has a body and covers something, but this has %d bytes up to %s"
                .formatted(bytes, position));
      }
    }

    /** Whether a receiver that has a part of the one may go on with the other. */
    boolean isSameSnapshotAs(Offer other) {
      return group.equals(other.group)
          && incarnation == other.incarnation
          && position.equals(other.position)
          && bytes == other.bytes
          && stateless == other.stateless
          && crc == other.crc;
    }
  }

  /**
   * Sender to receiver: some bytes of the body.
   *
   * @param transfer as named by {@link Ready}
   * @param crc CRC32C of these bytes
   */
  record Chunk(long transfer, long offset, int crc, Bytes bytes)
      implements SnapshotMessage, WireMessage {}

  /**
   * The node, locally: snapshots of this group may be received, for that replica.
   *
   * @param full whether it needs them with their state: it is a member, and no witness
   */
  record Hosted(
      GroupId group,
      long incarnation,
      Snapshots snapshots,
      ActorRef<ReplicaMessage> replica,
      boolean full)
      implements SnapshotMessage {}

  /** The node, locally: the replica of that group is gone. */
  record NotHosted(GroupId group) implements SnapshotMessage {}

  /** Receiver to sender. */
  sealed interface Reply extends SenderMessage, WireMessage {}

  /**
   * Send from that byte on, naming the transfer so, to that actor, whose channel is meant for it.
   */
  record Ready(long transfer, long offset, ActorRef<SnapshotMessage> receiver) implements Reply {}

  /** All bytes below {@code offset} are written. */
  record Ack(long transfer, long offset) implements Reply {}

  /** What came was damaged or out of order: go back to that byte. */
  record Again(long transfer, long offset) implements Reply {}

  /** All of it is checked and durable, and the replica knows. */
  record Delivered() implements Reply {}

  /**
   * Not now, or not at all.
   *
   * @param later the same offer may be accepted after a while
   */
  record Refused(String reason, boolean later) implements Reply {}
}
