package dev.synod.testkit.shrink;

import java.time.Duration;

/**
 * How much work a smaller failure is worth. What runs out first ends the shrinking, with the
 * smallest failure so far.
 *
 * @param runsMax bounds it in the same way on every machine
 * @param cpuMax bounds the wait of whoever looks on; of the thread that shrinks
 */
public record ShrinkLimits(int runsMax, Duration cpuMax) {

  /** A minute at most; a few hundred runs bring thirty faults down to those that matter. */
  public static final ShrinkLimits STANDARD = new ShrinkLimits(400, Duration.ofSeconds(60));

  public ShrinkLimits {
    if (runsMax < 0 || cpuMax.isNegative()) {
      throw new IllegalArgumentException(
          "runsMax and cpuMax are not negative, but got %d and %s".formatted(runsMax, cpuMax));
    }
  }
}
