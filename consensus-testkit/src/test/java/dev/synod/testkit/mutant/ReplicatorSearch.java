package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Map;

/** Simulates replicators of replicated data types. */
record ReplicatorSearch(Profile profile, int seconds, boolean isOnDisk) implements Search {

  static final ReplicatorSearch STORM = new ReplicatorSearch(Profile.STORM, 10, false);
  static final ReplicatorSearch STORM_ON_DISK = new ReplicatorSearch(Profile.STORM, 10, true);

  @Override
  public String run() {
    return "dev.synod.testkit.crdt.ReplicatorRun";
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of(
        "seed",
        seed,
        "profile",
        profile.name(),
        "seconds",
        seconds,
        "keepsIds",
        false,
        "onDisk",
        isOnDisk);
  }

  @Override
  public String toString() {
    return "replicators" + (isOnDisk ? " on disk" : "") + ", " + profile + ", " + seconds + " s";
  }
}
