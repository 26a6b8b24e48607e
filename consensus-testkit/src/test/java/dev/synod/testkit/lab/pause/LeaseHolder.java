package dev.synod.testkit.lab.pause;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Wants the lease, and writes only after a look at its own monotonic clock has told it that it
 * still has it. Between the look and the write it handles no other message, but it may be paused.
 */
final class LeaseHolder {

  private static final Duration RETRY = Duration.ofSeconds(1);

  sealed interface Message extends LabMessage {}

  record Granted(long token) implements Message {}

  private enum Again implements Message {
    AGAIN
  }

  private record Write(long token) implements Message {}

  private LeaseHolder() {}

  /**
   * On that machine.
   *
   * @param looked runs once it has seen that its lease is valid
   */
  static Behavior<Message> on(
      Machine machine, ActorRef<LeaseServer.Message> server, Storage storage, Runnable looked) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Again.AGAIN, Duration.ZERO, RETRY);
                  long[] asked = {0};
                  return Behaviors.receive(Message.class)
                      .onMessageEquals(
                          Again.AGAIN,
                          () -> {
                            asked[0] = machine.nanoTime();
                            machine
                                .peers()
                                .tell(server, new LeaseServer.Acquire(context.getSelf()));
                            return Behaviors.same();
                          })
                      .onMessage(
                          Granted.class,
                          granted -> {
                            timers.cancel(Again.AGAIN);
                            if (machine.nanoTime() < asked[0] + LeaseServer.TTL.toNanos()) {
                              looked.run();
                              context.getSelf().tell(new Write(granted.token()));
                            }
                            return Behaviors.same();
                          })
                      .onMessage(
                          Write.class,
                          write -> {
                            storage.write(machine.name(), write.token());
                            return Behaviors.stopped();
                          })
                      .build();
                }));
  }
}
