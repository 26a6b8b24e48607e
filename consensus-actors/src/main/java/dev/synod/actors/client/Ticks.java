package dev.synod.actors.client;

import dev.synod.actors.time.LazyTimer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The client's time, counted in ticks, and the one timer that wakes it: at the tick at which
 * something is due next, not at every one. An answered request costs no wake-up.
 */
final class Ticks {

  /** No tick: nothing is due. */
  static final long NEVER = Long.MAX_VALUE;

  private final LazyTimer<?> timer;
  private final LongSupplier nanoTime;
  private final long tickNanos;
  private final long start;

  /**
   * Tick 0 begins now.
   *
   * @param nanoTime monotonic, in nanoseconds
   */
  Ticks(LazyTimer<?> timer, Duration tick, LongSupplier nanoTime) {
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.tickNanos = tick.toNanos();
    this.start = nanoTime.getAsLong();
  }

  /** That many have passed. */
  long now() {
    return (nanoTime.getAsLong() - start) / tickNanos;
  }

  /**
   * Wakes the client at that tick, and not before, or soon if it has come; {@link #NEVER} if it has
   * nothing to wait for.
   */
  void wakeAt(long tick) {
    if (tick == NEVER) {
      timer.stop();
    } else {
      timer.restart(tick * tickNanos - (nanoTime.getAsLong() - start));
    }
  }

  /** Whether the message of the timer that just arrived means that the tick has come. */
  boolean hasCome() {
    return timer.isDue();
  }
}
