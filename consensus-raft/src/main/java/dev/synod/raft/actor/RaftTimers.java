package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.time.LazyTimer;
import dev.synod.raft.RaftSettings;
import dev.synod.raft.rules.Effect;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** How long Raft's timers last. Randomness lives here: it matters for liveness only (§5.2). */
final class RaftTimers {

  private final TimerScheduler<ReplicaMessage> timers;
  private final RandomGenerator random;
  private final LazyTimer<ReplicaMessage> election;
  private final LazyTimer<ReplicaMessage> stickiness;
  private final LazyTimer<ReplicaMessage> readIndex;
  private RaftSettings settings;

  RaftTimers(
      TimerScheduler<ReplicaMessage> timers,
      RaftSettings settings,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.timers = timers;
    this.settings = settings;
    this.random = random;
    this.election = new LazyTimer<>(timers, Timeout.ELECTION, nanoTime);
    this.stickiness = new LazyTimer<>(timers, Timeout.STICKINESS, nanoTime);
    this.readIndex = new LazyTimer<>(timers, Timeout.READ_INDEX, nanoTime);
  }

  /** Others from now on; a leader's next heartbeat comes after the new interval. */
  void settings(RaftSettings now) {
    settings = now;
    if (timers.isTimerActive(Timeout.HEARTBEAT)) {
      timers.startTimerWithFixedDelay(Timeout.HEARTBEAT, settings.heartbeatInterval());
    }
  }

  void perform(Effect.Timer effect) {
    switch (effect) {
      case RESTART_ELECTION -> election.restart(electionTimeoutNanos());
      case STOP_ELECTION -> election.stop();
      case RESTART_STICKINESS -> stickiness.restart(settings.electionTimeoutMin().toNanos());
      case START_LEADING -> {
        timers.startTimerWithFixedDelay(Timeout.HEARTBEAT, settings.heartbeatInterval());
        timers.startTimerWithFixedDelay(Timeout.QUORUM_CHECK, settings.electionTimeoutMin());
      }
      case STOP_LEADING -> {
        timers.cancel(Timeout.HEARTBEAT);
        timers.cancel(Timeout.QUORUM_CHECK);
      }
    }
  }

  /** The leader is asked about reads: again after two heartbeats without an answer. */
  void restartReadIndex() {
    readIndex.restart(2 * settings.heartbeatInterval().toNanos());
  }

  boolean isReadIndexDue() {
    return readIndex.isDue();
  }

  boolean isElectionDue() {
    return election.isDue();
  }

  boolean isStickinessDue() {
    return stickiness.isDue();
  }

  void stopAll() {
    timers.cancelAll();
  }

  private long electionTimeoutNanos() {
    return random.nextLong(
        settings.electionTimeoutMin().toNanos(), settings.electionTimeoutMax().toNanos());
  }
}
