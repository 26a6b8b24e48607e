package dev.synod.testkit.mutant;

import java.util.Map;

/** Simulates large changes of replicated data types, without any search for what is missing. */
record LargeChangesSearch() implements Search {

  @Override
  public String run() {
    return "dev.synod.testkit.crdt.LargeChangesRun";
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of("seed", seed);
  }

  @Override
  public String toString() {
    return "large changes";
  }
}
