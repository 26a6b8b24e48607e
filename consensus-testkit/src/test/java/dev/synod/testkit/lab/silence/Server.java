package dev.synod.testkit.lab.silence;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Does what it is asked, each time that it is asked, and says so afterwards. */
final class Server {

  private static final Duration WORK = Duration.ofMillis(10);

  sealed interface Message extends LabMessage {}

  record Do(ActorRef<Client.Message> replyTo) implements Message {}

  private record Finish(ActorRef<Client.Message> replyTo) implements Message {}

  private Server() {}

  /**
   * On that machine.
   *
   * @param deed what is done: its effect on the world outlives the server
   */
  static Behavior<Message> on(Machine machine, Runnable deed) {
    return Behaviors.withTimers(
        timers ->
            Behaviors.receive(Message.class)
                .onMessage(
                    Do.class,
                    request -> {
                      timers.startSingleTimer(new Finish(request.replyTo()), WORK);
                      return Behaviors.same();
                    })
                .onMessage(
                    Finish.class,
                    work -> {
                      deed.run();
                      machine.peers().tell(work.replyTo(), Client.Done.DONE);
                      return Behaviors.same();
                    })
                .build());
  }
}
