package dev.synod.actors.replica;

import dev.synod.core.StoreId;
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

  /** Anybody: tell me how you are. */
  record GetStatus(ActorRef<ReplicaStatus> replyTo)
      implements ReplicaMessage, dev.synod.actors.wire.WireMessage {}

  /** The node: hand over what you lead, then stop. */
  record Stop(ActorRef<Stopped> replyTo) implements ReplicaMessage {}

  /** The replica has handed over and accepts nothing more. */
  enum Stopped {
    INSTANCE
  }
}
