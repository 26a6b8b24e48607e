package dev.synod.actors.time;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A timer that is restarted far more often than it fires: with every append, say. Restarting only
 * moves a deadline; the scheduled message, when it comes too early, waits for the rest.
 *
 * @param <M> what the actor takes
 */
public final class LazyTimer<M> {

  private final TimerScheduler<M> timers;
  private final M fired;
  private final LongSupplier nanoTime;

  private boolean running;
  private boolean scheduled;
  private long deadline;
  private long scheduledFor;

  /**
   * @param fired what the actor is sent; it must ask {@link #isDue} when it arrives
   */
  public LazyTimer(TimerScheduler<M> timers, M fired, LongSupplier nanoTime) {
    this.timers = timers;
    this.fired = fired;
    this.nanoTime = nanoTime;
  }

  /** Due after that many nanoseconds from now, and not before; at once if there are none left. */
  public void restart(long nanos) {
    running = true;
    deadline = nanoTime.getAsLong() + nanos;
    if (!scheduled || deadline - scheduledFor < 0) {
      schedule(nanos);
    }
  }

  public void stop() {
    running = false;
  }

  /** Whether the message that just arrived means what it says. True once a restart. */
  public boolean isDue() {
    scheduled = false;
    if (!running) {
      return false;
    }
    long left = deadline - nanoTime.getAsLong();
    if (left > 0) {
      schedule(left);
      return false;
    }
    running = false;
    return true;
  }

  private void schedule(long nanos) {
    scheduled = true;
    scheduledFor = deadline;
    timers.startSingleTimer(fired, Duration.ofNanos(Math.max(1, nanos)));
  }
}
