package dev.synod.actors.client;

import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling up to a bound, and jittered, so that many clients
 * don't come in step.
 */
final class Backoff {

  private static final int DOUBLINGS_MAX = 20;

  private final long ticksMin;
  private final long ticksMax;
  private final RandomGenerator random;

  Backoff(long ticksMin, long ticksMax, RandomGenerator random) {
    this.ticksMin = ticksMin;
    this.ticksMax = ticksMax;
    this.random = random;
  }

  /** The longest pause, jittered. */
  long longest() {
    return ticks(DOUBLINGS_MAX);
  }

  /**
   * Between half of the doubled minimum and all of it, at least one tick.
   *
   * @param failures so far, from 1
   */
  long ticks(int failures) {
    long full = Math.min(ticksMax, ticksMin << Math.min(DOUBLINGS_MAX, failures - 1));
    return Math.max(1, full - random.nextLong(full / 2 + 1));
  }
}
