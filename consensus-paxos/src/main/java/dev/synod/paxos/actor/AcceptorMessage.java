package dev.synod.paxos.actor;

import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.LogFailure;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Content;
import org.apache.pekko.actor.typed.ActorRef;

/** What an acceptor hears. */
public sealed interface AcceptorMessage {

  /** A request about one decision or register. */
  record Hear(
      String key, PaxosMessage.ToAcceptor<Content> request, ActorRef<ProposerMessage> replyTo)
      implements AcceptorMessage {}

  /** All writes up to that ticket are durable. */
  record Durable(long ticket) implements AcceptorMessage {}

  /** Nothing will become durable any more. */
  record LogFailed(LogFailure failure) implements AcceptorMessage {}

  /** At the start: the log's entries up to that one, or why not. */
  record Read(long upTo, ReadResult result) implements AcceptorMessage {}
}
