package dev.synod.actors.message;

import com.typesafe.config.Config;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.LogFailure;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a replica's actor understands: messages of clients and peers, and what its own log, applier
 * and timers report. Protocols add their own.
 */
public interface ReplicaMessage {

  /** The log: all writes up to this ticket are durable. */
  record Durable(long ticket) implements ReplicaMessage {}

  /** The log: nothing more will become durable in this process. */
  record LogFailed(LogFailure failure) implements ReplicaMessage {}

  /** The node: that peer's replica is to be found there (from its Hello). */
  record PeerAt(StoreId store, ActorRef<ReplicaMessage> replica) implements ReplicaMessage {}

  /**
   * The node's snapshot receiver: this snapshot has arrived here whole, is checked and durable, and
   * waits to be installed.
   *
   * @param from the leader that sent it
   * @param term of that leadership
   * @param position of the last entry in it
   * @param configuration at that position
   * @param stateless whether it holds no more than these, for a witness
   */
  record SnapshotReceived(
      StoreId from,
      Term term,
      LogPosition position,
      Configuration configuration,
      long bytes,
      boolean stateless)
      implements ReplicaMessage {}

  /** This replica's snapshot sender: that replica has the snapshot now. */
  record SnapshotDelivered(StoreId to, LogPosition position, long bytes)
      implements ReplicaMessage {}

  /** This replica's snapshot sender: given up. */
  record SnapshotNotDelivered(StoreId to, String reason) implements ReplicaMessage {}

  /** Anybody: tell me how you are. */
  record GetStatus(ActorRef<ReplicaStatus> replyTo)
      implements ReplicaMessage, dev.synod.actors.message.WireMessage {}

  /**
   * The node: settings that the protocol names as {@link dev.synod.actors.Protocol#changeable} may
   * be others now.
   *
   * @param system the whole configuration, checked
   */
  record Retune(Config system) implements ReplicaMessage {}

  /** The node: hand over what you lead, then stop. */
  record Stop(ActorRef<Stopped> replyTo) implements ReplicaMessage {}

  /** The replica has handed over and accepts nothing more. */
  enum Stopped {
    INSTANCE
  }
}
