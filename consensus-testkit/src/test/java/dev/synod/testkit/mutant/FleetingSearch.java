package dev.synod.testkit.mutant;

import java.util.Map;

/** Simulates a ladder's actor on a node whose replica is another one every moment. */
record FleetingSearch(int seconds) implements Search {

  static final FleetingSearch SHORT = new FleetingSearch(10);

  @Override
  public String run() {
    return "dev.synod.testkit.crdt.FleetingRun";
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of("seed", seed, "seconds", seconds);
  }

  @Override
  public String toString() {
    return "a ladder on fleeting replicas, %d s".formatted(seconds);
  }
}
