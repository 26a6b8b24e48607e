package dev.synod.testkit.picture;

import java.util.Locale;

/** Virtual times in words. */
final class Clock {

  private Clock() {}

  /** Since the start, such as {@code 12.345678 s}. */
  static String since(long nanos) {
    return String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
  }

  /** To the end, in milliseconds, such as {@code −12.345 ms}. */
  static String toEnd(long nanos, long end) {
    return nanos == end ? "0 ms" : String.format(Locale.ROOT, "−%.3f ms", (end - nanos) / 1e6);
  }

  /** Both. */
  static String before(long nanos, long end) {
    return "at " + since(nanos) + " (" + toEnd(nanos, end) + ")";
  }
}
