package dev.synod.testkit.fault;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault with its time.
 *
 * @param at since the schedule began
 * @param lasting until it ends
 */
public record TimedFault(Duration at, Duration lasting, Fault fault) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%9.3f s  for %7.3f s  %s",
        at.toNanos() / 1e9,
        lasting.toNanos() / 1e9,
        fault);
  }
}
