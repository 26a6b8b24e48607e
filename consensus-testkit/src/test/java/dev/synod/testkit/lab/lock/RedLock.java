package dev.synod.testkit.lab.lock;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A client of RedLock, as its author describes it: ask N independent stores one after another, each
 * for a short time only; hold the lock if N/2 + 1 have said yes and some of its time is left; else
 * take everything back, wait a random time and begin again. With one store it is the plain {@code
 * SET NX PX} lock.
 */
final class RedLock {

  /** How long a store may take to answer. */
  private static final Duration STORE_TIMEOUT = Duration.ofMillis(50);

  private static final long RETRY_MAX_MILLIS = 400;

  /** What the clocks may drift meanwhile: a hundredth of the time, and two milliseconds. */
  private static final long DRIFT_PERCENT = 1;

  private static final Duration DRIFT_MIN = Duration.ofMillis(2);

  sealed interface Message extends LabMessage {}

  record Answered(Store.Answer answer) implements Message {}

  private enum Step implements Message {
    STORE_SILENT,
    AGAIN,
    OVER
  }

  /**
   * A lock's use.
   *
   * @param store the store of that number, as it is now
   * @param job how long the work in the critical section takes
   * @param stopsInTime whether the work ends when the lock's time is over, done or not
   */
  record Setup(
      Machine machine,
      int stores,
      IntFunction<ActorRef<Store.Message>> store,
      Duration ttl,
      Duration job,
      boolean stopsInTime,
      CriticalSection section) {}

  private final Setup setup;
  private final TimerScheduler<Message> timers;
  private final ActorRef<Store.Answer> answers;
  private final RandomGenerator random;
  private String value = "";
  private long began;
  private int asked;
  private int granted;

  private RedLock(Setup setup, ActorContext<Message> context, TimerScheduler<Message> timers) {
    this.setup = setup;
    this.timers = timers;
    this.random = setup.machine().chance();
    this.answers = context.messageAdapter(Store.Answer.class, Answered::new);
  }

  static Behavior<Message> of(Setup setup) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new RedLock(setup, context, timers).begin()));
  }

  private Behavior<Message> begin() {
    value = Long.toHexString(random.nextLong());
    began = setup.machine().nanoTime();
    asked = 0;
    granted = 0;
    return askNext();
  }

  private Behavior<Message> askNext() {
    tell(asked, new Store.SetIfAbsent(asked, value, setup.ttl().toMillis(), answers));
    timers.startSingleTimer(Step.STORE_SILENT, STORE_TIMEOUT);
    return Behaviors.receive(Message.class)
        .onMessage(Answered.class, this::answered)
        .onMessageEquals(Step.STORE_SILENT, this::next)
        .build();
  }

  private Behavior<Message> answered(Answered answered) {
    var answer = answered.answer();
    if (!answer.owner().equals(value) || answer.store() != asked) {
      return Behaviors.same();
    }
    granted += answer.set() ? 1 : 0;
    return next();
  }

  private Behavior<Message> next() {
    asked++;
    if (asked < setup.stores()) {
      return askNext();
    }
    timers.cancel(Step.STORE_SILENT);
    var validity = validity();
    boolean holds = granted >= setup.stores() / 2 + 1 && !validity.isNegative();
    return holds ? hold(validity) : retry();
  }

  private Duration validity() {
    var ttl = setup.ttl();
    var drift = ttl.multipliedBy(DRIFT_PERCENT).dividedBy(100).plus(DRIFT_MIN);
    return ttl.minusNanos(setup.machine().nanoTime() - began).minus(drift);
  }

  private Behavior<Message> retry() {
    release();
    timers.startSingleTimer(Step.AGAIN, Duration.ofMillis(random.nextLong(RETRY_MAX_MILLIS)));
    return Behaviors.receive(Message.class)
        .onMessageEquals(Step.AGAIN, this::begin)
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  private Behavior<Message> hold(Duration validity) {
    setup.section().enter(setup.machine().name(), value);
    boolean cut = setup.stopsInTime() && validity.compareTo(setup.job()) < 0;
    timers.startSingleTimer(Step.OVER, cut ? validity : setup.job());
    return Behaviors.receive(Message.class)
        .onMessageEquals(
            Step.OVER,
            () -> {
              setup.section().leave(setup.machine().name());
              release();
              return Behaviors.stopped();
            })
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  private void release() {
    for (int store = 0; store < setup.stores(); store++) {
      tell(store, new Store.Delete(value));
    }
  }

  private void tell(int store, Store.Message message) {
    setup.machine().peers().tell(setup.store().apply(store), message);
  }
}
