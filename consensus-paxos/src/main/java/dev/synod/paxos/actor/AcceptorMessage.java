package dev.synod.paxos.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.message.WireMessage;
import dev.synod.core.Member;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.LogFailure;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Content;
import org.apache.pekko.actor.typed.ActorRef;

/** What an acceptor hears. */
public sealed interface AcceptorMessage extends ReplicaMessage {

  /** A request about one decision or register. */
  record Hear(
      String key, PaxosMessage.ToAcceptor<Content> request, ActorRef<ProposerMessage> replyTo)
      implements AcceptorMessage, WireMessage {}

  /** The proposer beside it wants to use rounds up to that one. */
  record Reserve(long upTo, ActorRef<ProposerMessage> replyTo) implements AcceptorMessage {}

  /** Somebody wants to know how it is. */
  record Describe(Member self, ActorRef<ReplicaStatus> replyTo) implements AcceptorMessage {}

  /** All writes up to that ticket are durable. */
  record Durable(long ticket) implements AcceptorMessage {}

  /** Nothing will become durable any more. */
  record LogFailed(LogFailure failure) implements AcceptorMessage {}

  /** At the start: the log's entries up to that one, or why not. */
  record Read(long upTo, ReadResult result) implements AcceptorMessage {}
}
