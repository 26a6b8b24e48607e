package dev.synod.samples.demo;

import dev.synod.samples.api.MachineTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another process does, which can only be asked for again and again. Can be ended
 * early.
 */
public final class Waiting {

  private static final Duration PACE = Duration.ofMillis(100);

  private final CountDownLatch ended = new CountDownLatch(1);

  /** Ends all waits, now and later. */
  public void end() {
    ended.countDown();
  }

  public boolean isEnded() {
    return ended.getCount() == 0;
  }

  /** Waits that long; false if ended before. */
  public boolean pass(Duration time) {
    try {
      return !ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until the condition holds; false if it does not within the time, or if ended before. */
  public boolean until(BooleanSupplier condition, Duration timeMax) {
    long deadline = MachineTime.nanos() + timeMax.toNanos();
    while (!condition.getAsBoolean()) {
      if (MachineTime.nanos() - deadline > 0 || !pass(PACE)) {
        return false;
      }
    }
    return true;
  }
}
