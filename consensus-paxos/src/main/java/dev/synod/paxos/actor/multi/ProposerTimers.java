package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.time.LazyTimer;
import dev.synod.core.InvariantViolation;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.rules.multi.SlotEffect;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** How long a proposer's timers last. Randomness lives here: it matters for liveness only. */
final class ProposerTimers {

  private final TimerScheduler<ReplicaMessage> timers;
  private MultiPaxosSettings settings;
  private final RandomGenerator random;
  private final LazyTimer<ReplicaMessage> election;
  private final LazyTimer<ReplicaMessage> read;

  ProposerTimers(
      TimerScheduler<ReplicaMessage> timers,
      MultiPaxosSettings settings,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.timers = timers;
    this.settings = settings;
    this.random = random;
    this.election = new LazyTimer<>(timers, Inside.Timeout.ELECTION, nanoTime);
    this.read = new LazyTimer<>(timers, Inside.Timeout.READ, nanoTime);
  }

  /** Goes by these from now on. */
  void settings(MultiPaxosSettings other) {
    settings = other;
    if (timers.isTimerActive(Inside.Timeout.HEARTBEAT)) {
      timers.startTimerWithFixedDelay(Inside.Timeout.HEARTBEAT, settings.heartbeatInterval());
    }
  }

  boolean isElectionDue() {
    return election.isDue();
  }

  /** The distinguished proposer has so long to say what reads must see. */
  void restartRead() {
    read.restart(2 * settings.heartbeatInterval().toNanos());
  }

  boolean isReadDue() {
    return read.isDue();
  }

  void perform(SlotEffect.Timer effect) {
    switch (effect) {
      case RESTART_ELECTION -> election.restart(electionTimeoutNanos());
      case START_LEADING -> {
        election.stop();
        timers.startTimerWithFixedDelay(Inside.Timeout.HEARTBEAT, settings.heartbeatInterval());
        timers.startTimerWithFixedDelay(Inside.Timeout.QUORUM_CHECK, settings.electionTimeoutMin());
      }
      case STOP_LEADING -> {
        timers.cancel(Inside.Timeout.HEARTBEAT);
        timers.cancel(Inside.Timeout.QUORUM_CHECK);
      }
      case RESTART_STICKINESS ->
          throw new InvariantViolation("a proposer has no such timer: " + effect);
    }
  }

  void stopAll() {
    timers.cancelAll();
  }

  private long electionTimeoutNanos() {
    return random.nextLong(
        settings.electionTimeoutMin().toNanos(), settings.electionTimeoutMax().toNanos());
  }
}
