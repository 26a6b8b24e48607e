package dev.synod.testkit.lab.quorum;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Holds the newest value that it was told, in memory. For others it holds hints: values that belong
 * to a home which could not be reached, until that home has them (Dynamo, 2007, §4.6).
 */
final class Replica {

  private static final Duration HAND_OFF_EVERY = Duration.ofMillis(100);

  sealed interface Message extends LabMessage {}

  /**
   * What do you hold?
   *
   * @param phase of the asker, for it to know the answer by
   * @param home whose place the answer is to take
   */
  record Read(long phase, String home, ActorRef<Client.Message> replyTo) implements Message {}

  /**
   * Hold this, unless you hold something newer.
   *
   * @param home whose it is; if that is another, it is a hint
   */
  record Write(long phase, String home, Versioned value, ActorRef<Client.Message> replyTo)
      implements Message {}

  /** From a substitute to the home: this is yours. */
  record HandOff(String home, Versioned value, ActorRef<Message> replyTo) implements Message {}

  /** From the home to its substitute: I have it. */
  record HandedOff(String home, Version version) implements Message {}

  private enum Timer implements Message {
    HAND_OFF
  }

  private final Machine machine;
  private final Map<String, ActorRef<Message>> all;
  private final ActorContext<Message> context;
  private final TimerScheduler<Message> timers;
  private final Map<String, Versioned> hints = new TreeMap<>();
  private Versioned held = Versioned.NOTHING;

  private Replica(
      Machine machine,
      Map<String, ActorRef<Message>> all,
      ActorContext<Message> context,
      TimerScheduler<Message> timers) {
    this.machine = machine;
    this.all = all;
    this.context = context;
    this.timers = timers;
  }

  /**
   * On that machine, empty.
   *
   * @param all the replicas by their machines' names
   */
  static Behavior<Message> on(Machine machine, Map<String, ActorRef<Message>> all) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new Replica(machine, all, context, timers).ready()));
  }

  private Behavior<Message> ready() {
    return Behaviors.receive(Message.class)
        .onMessage(Read.class, this::read)
        .onMessage(Write.class, this::write)
        .onMessage(HandOff.class, this::take)
        .onMessage(HandedOff.class, this::forget)
        .onMessageEquals(Timer.HAND_OFF, this::handOff)
        .build();
  }

  private Behavior<Message> read(Read asked) {
    answer(asked.replyTo(), asked.phase(), asked.home());
    return Behaviors.same();
  }

  private Behavior<Message> write(Write told) {
    if (told.home().equals(machine.name())) {
      held = held.newest(told.value());
    } else {
      hints.merge(told.home(), told.value(), Versioned::newest);
      timers.startTimerWithFixedDelay(Timer.HAND_OFF, HAND_OFF_EVERY);
    }
    answer(told.replyTo(), told.phase(), told.home());
    return Behaviors.same();
  }

  private void answer(ActorRef<Client.Message> asker, long phase, String home) {
    var value = home.equals(machine.name()) ? held : hints.getOrDefault(home, Versioned.NOTHING);
    machine.peers().tell(asker, new Client.Answer(phase, home, value));
  }

  private Behavior<Message> handOff() {
    hints.forEach((home, value) -> tell(home, new HandOff(home, value, context.getSelf())));
    return Behaviors.same();
  }

  private void tell(String home, Message message) {
    var replica = all.get(home);
    if (replica != null) {
      machine.peers().tell(replica, message);
    }
  }

  private Behavior<Message> take(HandOff hint) {
    held = held.newest(hint.value());
    machine.peers().tell(hint.replyTo(), new HandedOff(hint.home(), hint.value().version()));
    return Behaviors.same();
  }

  private Behavior<Message> forget(HandedOff done) {
    hints.computeIfPresent(
        done.home(), (home, value) -> value.version().equals(done.version()) ? null : value);
    if (hints.isEmpty()) {
      timers.cancel(Timer.HAND_OFF);
    }
    return Behaviors.same();
  }
}
