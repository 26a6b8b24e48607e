package dev.synod.paxos.actor;

import dev.synod.actors.message.WireMessage;
import dev.synod.core.Outcome;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Content;
import org.apache.pekko.actor.typed.ActorRef;

/** What a learner hears. */
public sealed interface LearnerMessage {

  /** An acceptance, or that something is chosen. */
  record Hear(String key, PaxosMessage.ToLearner<Content> message)
      implements LearnerMessage, WireMessage {}

  /** Somebody wants to know what is decided, as soon as it is. */
  record Ask(ActorRef<Outcome<Content>> replyTo) implements LearnerMessage {}
}
