package dev.synod.testkit.fault;

import java.math.BigDecimal;
import java.time.Duration;

/** Spans of time as people write them, to the nanosecond: {@code 3.25s}. */
public final class Seconds {

  private static final int NANO_DIGITS = 9;

  private Seconds() {}

  public static String text(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), NANO_DIGITS).stripTrailingZeros().toPlainString()
        + "s";
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Duration parse(String text) {
    try {
      if (text.endsWith("s")) {
        var seconds = new BigDecimal(text.substring(0, text.length() - 1));
        return Duration.ofNanos(seconds.movePointRight(NANO_DIGITS).longValueExact());
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(refused(text), e);
    }
    throw new IllegalArgumentException(refused(text));
  }

  private static String refused(String text) {
    return "a span of time is such as 3.25s, to the nanosecond, but got \"" + text + "\"";
  }
}
