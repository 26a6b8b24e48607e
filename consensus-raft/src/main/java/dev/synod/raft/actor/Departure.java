package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.Stop;
import dev.synod.actors.message.ReplicaMessage.Stopped;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A leader that is to stop: it stays until another one leads, or until an election without a
 * handover would have been as fast.
 */
final class Departure {

  /** Checks of the quorum: more than {@link #begin} waits for. */
  static final int CHECKS = 1_000;

  private final TimerScheduler<ReplicaMessage> timers;
  private Duration patience;
  private Optional<Stop> asked = Optional.empty();

  /** Nobody has asked yet. */
  Departure(TimerScheduler<ReplicaMessage> timers, Duration patience) {
    this.timers = timers;
    this.patience = patience;
  }

  /** Waits no longer than that, the next time it is asked to stop. */
  void waitsAtMost(Duration most) {
    patience = most;
  }

  /** The replica's leadership is handed over, and it stops once that is done. */
  Behavior<ReplicaMessage> begin(Stop stop, Supplier<Behavior<ReplicaMessage>> handingOver) {
    asked = Optional.of(stop);
    timers.startSingleTimer(Timeout.DEPARTURE, patience);
    return handingOver.get();
  }

  /** Whether nothing keeps it: it was asked to stop, and neither leads nor lacks a leader. */
  boolean isDue(Role role) {
    boolean handsOver = role instanceof Leader leader && !leader.takesProposals();
    boolean waits = !(role instanceof Leader) && role.leader().isEmpty();
    return asked.isPresent() && !handsOver && !waits;
  }

  boolean isBegun() {
    return asked.isPresent();
  }

  /** It stops now, if it was asked to. */
  Behavior<ReplicaMessage> over() {
    asked.ifPresent(stop -> stop.replyTo().tell(Stopped.INSTANCE));
    return asked.isPresent() ? Behaviors.stopped() : Behaviors.same();
  }
}
