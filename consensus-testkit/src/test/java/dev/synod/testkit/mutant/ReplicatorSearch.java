package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Map;

/** Simulates replicators of replicated data types. */
record ReplicatorSearch(Profile profile, int seconds) implements Search {

  static final ReplicatorSearch STORM = new ReplicatorSearch(Profile.STORM, 10);

  @Override
  public String run() {
    return "dev.synod.testkit.crdt.ReplicatorRun";
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of("seed", seed, "profile", profile.name(), "seconds", seconds, "keepsIds", false);
  }

  @Override
  public String toString() {
    return "replicators, " + profile + ", " + seconds + " s";
  }
}
