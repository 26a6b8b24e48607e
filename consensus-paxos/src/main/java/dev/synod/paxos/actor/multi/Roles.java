package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.paxos.protocol.multi.SlotMessage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The three actors of a replica. */
record Roles(
    ActorRef<ReplicaMessage> acceptor,
    ActorRef<ReplicaMessage> learner,
    ActorRef<ReplicaMessage> proposer) {

  /** Hears nothing else until it knows them, then goes on with them. */
  static Behavior<ReplicaMessage> met(Function<Roles, Behavior<ReplicaMessage>> then) {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(Inside.Meet.class, meet -> then.apply(meet.roles()))
        .build();
  }

  /** Whom that message is for. */
  ActorRef<ReplicaMessage> of(SlotMessage message) {
    if (message instanceof SlotMessage.ToAcceptor) {
      return acceptor;
    }
    return message instanceof SlotMessage.ToLearner ? learner : proposer;
  }
}
