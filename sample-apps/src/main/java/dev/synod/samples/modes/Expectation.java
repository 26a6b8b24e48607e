package dev.synod.samples.modes;

/**
 * What an act said that there would be, and what there was, as text.
 *
 * @param what a sentence about it
 */
public record Expectation(String what, String expected, String seen) {

  public boolean holds() {
    return expected.equals(seen);
  }

  /** For people. */
  @Override
  public String toString() {
    return holds()
        ? "ok      %s: %s".formatted(what, seen)
        : "FAILED  %s: expected %s, saw %s".formatted(what, expected, seen);
  }
}
