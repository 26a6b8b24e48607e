package dev.synod.testkit.hostile;

/** What all fuzz tests share. */
final class Fuzzing {

  /** How long one of them looks for new bytes at a time; {@code ./dev fuzz} takes turns. */
  static final String DURATION = "30s";

  private Fuzzing() {}
}
