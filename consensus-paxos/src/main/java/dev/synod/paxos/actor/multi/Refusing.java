package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.Refusals;
import dev.synod.core.Outcome.Reason;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Roles that can serve nobody, yet or any more: whoever asks is told why. */
final class Refusing {

  private Refusing() {}

  /** Refuses clients, those that watch included; what else it hears is for who goes on to say. */
  static BehaviorBuilder<ReplicaMessage> clients(Refusals refusals, Reason reason, String why) {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(
            Propose.class,
            propose -> {
              refusals.refuse(propose, reason, why);
              return Behaviors.same();
            })
        .onMessage(
            Ask.class,
            ask -> {
              refusals.refuse(ask, reason, why);
              return Behaviors.same();
            })
        .onMessage(
            Pull.class,
            pull -> {
              refusals.refuse(pull, why);
              return Behaviors.same();
            });
  }

  /** Hears nothing more. */
  static Behavior<ReplicaMessage> orIgnoring(BehaviorBuilder<ReplicaMessage> some) {
    return some.onAnyMessage(other -> Behaviors.same()).build();
  }
}
