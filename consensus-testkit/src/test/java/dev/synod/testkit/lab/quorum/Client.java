package dev.synod.testkit.lab.quorum;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Reads and writes a register, one operation at a time, each in one or two phases: ask all home
 * replicas, again and again those that are silent, until enough have answered.
 *
 * <p>It offers no compare-and-set, and can't, whatever it does with versions. Registers have
 * consensus number 1, compare-and-set has an infinite one: nothing that is made of registers and
 * ends whoever else stops can decide between two writers (Herlihy, "Wait-Free Synchronization",
 * 1991, §3.1 and §3.2). This register ends so while a majority lives, without any bound on time; a
 * compare-and-set that did would be consensus in an asynchronous system, which Fischer, Lynch and
 * Paterson (1985) exclude. So it takes a protocol like Paxos or Raft.
 */
final class Client {

  /** How long until those that have not answered are asked again. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  /** Of what nobody waits for. */
  private static final long NO_PHASE = 0;

  sealed interface Message extends LabMessage {}

  /** Write that, and tell when it is done. */
  record Write(String value, Consumer<String> told) implements Message {}

  /** Read, and tell the value. */
  record Read(Consumer<String> told) implements Message {}

  /**
   * What a replica holds after what it was asked.
   *
   * @param home in whose place
   */
  record Answer(long phase, String home, Versioned value) implements Message {}

  private enum Timer implements Message {
    AGAIN
  }

  /**
   * What a client is made of.
   *
   * @param homes the preference list
   * @param substitutes who takes the place of a home that is silent, if the quorum is sloppy
   */
  record Setup(
      Machine machine,
      Options options,
      List<String> homes,
      List<String> substitutes,
      Map<String, ActorRef<Replica.Message>> replicas) {}

  /** What all replicas are told in one phase. */
  @FunctionalInterface
  private interface Question {
    Replica.Message to(String home, long phase);
  }

  private final Setup setup;
  private final ActorContext<Message> context;
  private final TimerScheduler<Message> timers;
  private final Map<String, Versioned> answers = new TreeMap<>();
  private long phase = NO_PHASE;
  private Version written = Version.FIRST;

  private Client(Setup setup, ActorContext<Message> context, TimerScheduler<Message> timers) {
    this.setup = setup;
    this.context = context;
    this.timers = timers;
  }

  static Behavior<Message> of(Setup setup) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Client(setup, context, timers).idle()));
  }

  private Behavior<Message> idle() {
    return Behaviors.receive(Message.class)
        .onMessage(Write.class, this::write)
        .onMessage(Read.class, this::read)
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  private Behavior<Message> write(Write wanted) {
    if (setup.options().stamp() == Stamp.WALL_CLOCK) {
      return write(wanted, setup.machine().wallTime().toEpochMilli());
    }
    return ask(
        reading(),
        setup.options().r(),
        newest -> write(wanted, Math.max(newest.version().number(), written.number()) + 1));
  }

  private Behavior<Message> write(Write wanted, long number) {
    written = new Version(number, setup.machine().name());
    return ask(
        writing(new Versioned(wanted.value(), written)),
        setup.options().w(),
        newest -> answer(wanted.told(), ""));
  }

  private Behavior<Message> read(Read wanted) {
    return ask(reading(), setup.options().r(), newest -> repair(newest, wanted.told()));
  }

  private Behavior<Message> repair(Versioned newest, Consumer<String> told) {
    return switch (setup.options().repair()) {
      case NONE -> answer(told, newest.value());
      case ASYNCHRONOUS -> {
        setup.homes().stream()
            .filter(home -> !newest.equals(answers.get(home)))
            .forEach(home -> tell(home, writing(newest).to(home, NO_PHASE)));
        yield answer(told, newest.value());
      }
      case SYNCHRONOUS ->
          ask(writing(newest), setup.options().w(), stored -> answer(told, newest.value()));
    };
  }

  private Behavior<Message> answer(Consumer<String> told, String result) {
    told.accept(result);
    return idle();
  }

  private Question reading() {
    return (home, number) -> new Replica.Read(number, home, context.getSelf());
  }

  private Question writing(Versioned value) {
    return (home, number) -> new Replica.Write(number, home, value, context.getSelf());
  }

  /** One phase: goes on with the newest value of the answers. */
  private Behavior<Message> ask(
      Question question, int enough, Function<Versioned, Behavior<Message>> then) {
    phase++;
    answers.clear();
    setup.homes().forEach(home -> tell(home, question.to(home, phase)));
    timers.startTimerWithFixedDelay(Timer.AGAIN, PATIENCE);
    return Behaviors.receive(Message.class)
        .onMessage(Answer.class, answer -> note(answer, enough, then))
        .onMessageEquals(Timer.AGAIN, () -> askAgain(question))
        .build();
  }

  private Behavior<Message> note(
      Answer answer, int enough, Function<Versioned, Behavior<Message>> then) {
    if (answer.phase() != phase) {
      return Behaviors.same();
    }
    answers.put(answer.home(), answer.value());
    if (answers.size() < enough) {
      return Behaviors.same();
    }
    timers.cancel(Timer.AGAIN);
    return then.apply(answers.values().stream().reduce(Versioned.NOTHING, Versioned::newest));
  }

  private Behavior<Message> askAgain(Question question) {
    boolean isSloppy = setup.options().membership() == Membership.SLOPPY;
    var silent = setup.homes().stream().filter(home -> !answers.containsKey(home)).toList();
    for (int place = 0; place < silent.size(); place++) {
      var home = silent.get(place);
      tell(home, question.to(home, phase));
      if (isSloppy && place < setup.substitutes().size()) {
        tell(setup.substitutes().get(place), question.to(home, phase));
      }
    }
    return Behaviors.same();
  }

  private void tell(String name, Replica.Message message) {
    var replica = setup.replicas().get(name);
    if (replica != null) {
      setup.machine().peers().tell(replica, message);
    }
  }
}
