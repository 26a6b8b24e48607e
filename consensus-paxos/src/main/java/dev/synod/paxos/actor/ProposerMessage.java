package dev.synod.paxos.actor;

import dev.synod.core.Outcome;
import dev.synod.log.LogFailure;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Content;
import org.apache.pekko.actor.typed.ActorRef;

/** What a proposer hears. */
public sealed interface ProposerMessage {

  /** A client wants that done. Changes of one register are done one after the other. */
  record Submit(String key, Change<Content> change, ActorRef<Outcome<RegisterReply>> replyTo)
      implements ProposerMessage {}

  /** An acceptor's answer. */
  record Hear(String key, PaxosMessage.ToProposer<Content> answer) implements ProposerMessage {}

  /** Answers are late. */
  record Late(String key, int attempt) implements ProposerMessage {}

  /** A pause is over. */
  record Rested(String key, int attempt) implements ProposerMessage {}

  /** All writes up to that ticket are durable. */
  record Durable(long ticket) implements ProposerMessage {}

  /** Nothing will become durable any more. */
  record LogFailed(LogFailure failure) implements ProposerMessage {}
}
