package dev.synod.paxos.actor;

import dev.synod.actors.message.WireMessage;
import dev.synod.core.Outcome;
import dev.synod.core.StoreId;
import dev.synod.log.LogFailure;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Content;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;

/** What a proposer hears. */
public sealed interface ProposerMessage {

  /**
   * A client of this node wants that done. Changes of one register are done one after the other.
   *
   * @param patience after which it is not begun any more, since nobody waits for its outcome
   */
  record Submit(
      String key,
      Change<Content> change,
      Duration patience,
      ActorRef<Outcome<RegisterReply>> replyTo)
      implements ProposerMessage {}

  /** An acceptor's answer. */
  record Hear(String key, PaxosMessage.ToProposer<Content> answer)
      implements ProposerMessage, WireMessage {}

  /** Answers are late. */
  record Late(String key, int attempt) implements ProposerMessage {}

  /** A pause is over. */
  record Rested(String key, int attempt) implements ProposerMessage {}

  /** That acceptor is to be found there from now on. */
  record AcceptorAt(StoreId store, ActorRef<AcceptorMessage> acceptor) implements ProposerMessage {}

  /** What was reserved under that ticket is durable, and all before it. */
  record Durable(long ticket) implements ProposerMessage {}

  /** Nothing will become durable any more. */
  record LogFailed(LogFailure failure) implements ProposerMessage {}
}
