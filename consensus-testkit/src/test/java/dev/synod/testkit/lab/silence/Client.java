package dev.synod.testkit.lab.silence;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Asks, and waits for a second. */
final class Client {

  static final Duration PATIENCE = Duration.ofSeconds(1);

  sealed interface Message extends LabMessage {}

  enum Ask implements Message {
    ASK
  }

  enum Done implements Message {
    DONE
  }

  private enum Deadline implements Message {
    DEADLINE
  }

  private Client() {}

  /**
   * On that machine.
   *
   * @param server where the server is now
   * @param sees is told all that the client gets to know
   */
  static Behavior<Message> on(
      Machine machine, Supplier<ActorRef<Server.Message>> server, Consumer<String> sees) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.receive(Message.class)
                        .onMessage(
                            Ask.class,
                            ask -> {
                              machine.peers().tell(server.get(), new Server.Do(context.getSelf()));
                              timers.startSingleTimer(Deadline.DEADLINE, PATIENCE);
                              sees.accept("asked");
                              return Behaviors.same();
                            })
                        .onMessage(
                            Done.class,
                            done -> {
                              timers.cancel(Deadline.DEADLINE);
                              sees.accept("done");
                              return Behaviors.same();
                            })
                        .onMessage(
                            Deadline.class,
                            deadline -> {
                              sees.accept("nothing");
                              return Behaviors.same();
                            })
                        .build()));
  }
}
