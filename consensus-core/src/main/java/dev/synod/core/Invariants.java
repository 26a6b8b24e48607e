package dev.synod.core;

/** Checks that are always on, in production too. */
public final class Invariants {

  private Invariants() {}

  /** Throws {@link InvariantViolation} unless {@code holds}; the text is made only then. */
  public static void check(boolean holds, String text, Object... values) {
    if (!holds) {
      throw new InvariantViolation(String.format(java.util.Locale.ROOT, text, values));
    }
  }

  /**
   * As {@link #check(boolean, String, Object...)}, without boxing where the check is on a hot path.
   */
  public static void check(boolean holds, String text, long value) {
    if (!holds) {
      throw new InvariantViolation(String.format(java.util.Locale.ROOT, text, value));
    }
  }
}
