package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Map;

/** Simulates replicators of replicated data types. */
record ReplicatorSearch(Profile profile, int seconds, String ids, boolean isOnDisk)
    implements Search {

  static final ReplicatorSearch STORM = new ReplicatorSearch(Profile.STORM, 10, "DRAWN", false);
  static final ReplicatorSearch STORM_ON_DISK =
      new ReplicatorSearch(Profile.STORM, 10, "DRAWN", true);

  /** A registry gives ids, and evicts some. */
  static final ReplicatorSearch EVICTIONS =
      new ReplicatorSearch(Profile.STORM, 10, "REGISTERED", false);

  static final ReplicatorSearch CALM_EVICTIONS =
      new ReplicatorSearch(Profile.CALM, 10, "REGISTERED", false);

  static final ReplicatorSearch EVICTIONS_ON_DISK =
      new ReplicatorSearch(Profile.STORM, 10, "REGISTERED", true);

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
        "ids",
        ids,
        "onDisk",
        isOnDisk);
  }

  @Override
  public String toString() {
    return "replicators%s, %s, %s, %d s"
        .formatted(isOnDisk ? " on disk" : "", ids, profile, seconds);
  }
}
