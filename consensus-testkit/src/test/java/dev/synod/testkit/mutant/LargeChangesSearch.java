package dev.synod.testkit.mutant;

import java.util.Map;

/**
 * Simulates large changes of replicated data types, without any search for what is missing.
 *
 * @param isLossy whether the link loses some of their pieces
 */
record LargeChangesSearch(boolean isLossy) implements Search {

  @Override
  public String run() {
    return isLossy
        ? "dev.synod.testkit.crdt.LossyChangesRun"
        : "dev.synod.testkit.crdt.LargeChangesRun";
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of("seed", seed);
  }

  @Override
  public String toString() {
    return isLossy ? "large changes, lossy" : "large changes";
  }
}
