package dev.synod.zab.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.time.LazyTimer;
import dev.synod.zab.ZabSettings;
import dev.synod.zab.rules.Effect;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** How long ZAB's timers last. Randomness lives here: it matters for liveness only. */
final class ZabTimers {

  private final TimerScheduler<ReplicaMessage> timers;
  private final RandomGenerator random;
  private final LazyTimer<ReplicaMessage> silence;
  private final LazyTimer<ReplicaMessage> sync;
  private ZabSettings settings;
  private Duration notification;

  ZabTimers(
      TimerScheduler<ReplicaMessage> timers,
      ZabSettings settings,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.timers = timers;
    this.settings = settings;
    this.random = random;
    this.silence = new LazyTimer<>(timers, Timeout.SILENCE, nanoTime);
    this.sync = new LazyTimer<>(timers, Timeout.SYNC, nanoTime);
    this.notification = settings.notificationInterval();
  }

  /** Others from now on; a leader's next heartbeat comes after the new interval. */
  void settings(ZabSettings now) {
    settings = now;
    if (timers.isTimerActive(Timeout.HEARTBEAT)) {
      timers.startTimerWithFixedDelay(Timeout.HEARTBEAT, settings.heartbeatInterval());
    }
  }

  void perform(Effect.Timer effect) {
    switch (effect) {
      case START_ELECTION -> {
        notification = settings.notificationInterval();
        timers.startSingleTimer(Timeout.ELECTION, jittered(notification));
      }
      case STOP_ELECTION -> timers.cancel(Timeout.ELECTION);
      case START_FINALIZE -> timers.startSingleTimer(Timeout.FINALIZE, settings.finalizeWait());
      case STOP_FINALIZE -> timers.cancel(Timeout.FINALIZE);
      case START_JOINING -> {
        timers.startTimerWithFixedDelay(Timeout.JOIN, settings.heartbeatInterval());
        silence.restart(settings.leaderTimeout().toNanos());
      }
      case HEARD_LEADER -> silence.restart(settings.leaderTimeout().toNanos());
      case STOP_JOINING -> {
        timers.cancel(Timeout.JOIN);
        silence.stop();
      }
      case START_LEADING -> {
        timers.startTimerWithFixedDelay(Timeout.HEARTBEAT, settings.heartbeatInterval());
        timers.startTimerWithFixedDelay(Timeout.QUORUM_CHECK, settings.leaderTimeout());
      }
      case STOP_LEADING -> {
        timers.cancel(Timeout.HEARTBEAT);
        timers.cancel(Timeout.QUORUM_CHECK);
      }
    }
  }

  /** Nobody has answered: the next notification takes longer. */
  void notifyLater() {
    var longer = notification.multipliedBy(2);
    var most = settings.notificationIntervalMax();
    notification = longer.compareTo(most) > 0 ? most : longer;
    timers.startSingleTimer(Timeout.ELECTION, jittered(notification));
  }

  /** Servers that were cut off together would else speak together for ever. */
  private Duration jittered(Duration wait) {
    long nanos = wait.toNanos();
    return Duration.ofNanos(nanos - random.nextLong(nanos / 4 + 1));
  }

  /** The leader is asked about reads: again after two heartbeats without an answer. */
  void restartSync() {
    sync.restart(2 * settings.heartbeatInterval().toNanos());
  }

  boolean isSyncDue() {
    return sync.isDue();
  }

  boolean isSilenceDue() {
    return silence.isDue();
  }

  void stopAll() {
    timers.cancelAll();
  }
}
