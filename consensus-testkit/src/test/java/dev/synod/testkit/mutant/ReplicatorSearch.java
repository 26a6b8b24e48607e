package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Map;

/** Simulates replicators of replicated data types. */
record ReplicatorSearch(Profile profile, int seconds, String ids) implements Search {

  static final ReplicatorSearch STORM = new ReplicatorSearch(Profile.STORM, 10, "DRAWN");

  /** A registry gives ids, and evicts some. */
  static final ReplicatorSearch EVICTIONS = new ReplicatorSearch(Profile.STORM, 10, "REGISTERED");

  @Override
  public String run() {
    return "dev.synod.testkit.crdt.ReplicatorRun";
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of("seed", seed, "profile", profile.name(), "seconds", seconds, "ids", ids);
  }

  @Override
  public String toString() {
    return "replicators, " + ids + ", " + profile + ", " + seconds + " s";
  }
}
