package dev.synod.testkit.invariant;

/**
 * A property that was broken.
 *
 * @param nanoTime virtual
 */
public record Violation(String invariant, String text, long nanoTime) {

  @Override
  public String toString() {
    return "%s: %s (at %.6f s)".formatted(invariant, text, nanoTime / 1e9);
  }
}
