package dev.synod.testkit.lab.pause;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Gives a lease to whoever asks first, and to another once its time is over. */
final class LeaseServer {

  static final Duration TTL = Duration.ofSeconds(10);

  sealed interface Message extends LabMessage {}

  record Acquire(ActorRef<LeaseHolder.Message> from) implements Message {}

  private LeaseServer() {}

  static Behavior<Message> on(Machine machine) {
    return leased(machine, 0, Long.MIN_VALUE);
  }

  private static Behavior<Message> leased(Machine machine, long token, long until) {
    return Behaviors.receive(Message.class)
        .onMessage(
            Acquire.class,
            asked -> {
              if (machine.nanoTime() < until) {
                return Behaviors.same();
              }
              machine.peers().tell(asked.from(), new LeaseHolder.Granted(token + 1));
              return leased(machine, token + 1, machine.nanoTime() + TTL.toNanos());
            })
        .build();
  }
}
