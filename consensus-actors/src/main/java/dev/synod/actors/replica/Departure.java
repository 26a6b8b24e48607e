package dev.synod.actors.replica;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.Stop;
import dev.synod.actors.message.ReplicaMessage.Stopped;
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
public final class Departure {

  /** Checks of the quorum: more than {@link #begin} waits for. */
  public static final int CHECKS = 1_000;

  private final TimerScheduler<ReplicaMessage> timers;
  private final ReplicaMessage timeout;
  private Duration patience;
  private Optional<Stop> asked = Optional.empty();

  /**
   * Nobody has asked yet.
   *
   * @param timeout comes when nobody has taken over in time: {@link #over} is due
   * @param patience how long that is
   */
  public Departure(
      TimerScheduler<ReplicaMessage> timers, ReplicaMessage timeout, Duration patience) {
    this.timers = timers;
    this.timeout = timeout;
    this.patience = patience;
  }

  /** Waits no longer than that, the next time it is asked to stop. */
  public void waitsAtMost(Duration most) {
    patience = most;
  }

  /** The replica's leadership is handed over, and it stops once that is done. */
  public Behavior<ReplicaMessage> begin(Stop stop, Supplier<Behavior<ReplicaMessage>> handingOver) {
    asked = Optional.of(stop);
    timers.startSingleTimer(timeout, patience);
    return handingOver.get();
  }

  /**
   * Whether nothing keeps it: it was asked to stop.
   *
   * @param isNeeded whether it hands over still, or knows no other leader
   */
  public boolean isDue(boolean isNeeded) {
    return asked.isPresent() && !isNeeded;
  }

  /** Whether it was asked to stop. */
  public boolean isBegun() {
    return asked.isPresent();
  }

  /** It stops now, if it was asked to. */
  public Behavior<ReplicaMessage> over() {
    asked.ifPresent(stop -> stop.replyTo().tell(Stopped.INSTANCE));
    return asked.isPresent() ? Behaviors.stopped() : Behaviors.same();
  }
}
