package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Map;

/** Simulates replicators of replicated data types. */
record ReplicatorSearch(
    Profile profile, int seconds, String ids, int shards, boolean isOnDisk, boolean isApart)
    implements Search {

  private ReplicatorSearch(Profile profile, int seconds, String ids, boolean isOnDisk) {
    this(profile, seconds, ids, 1, isOnDisk, false);
  }

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

  /** With keys in three shards. */
  static final ReplicatorSearch SHARDS =
      new ReplicatorSearch(Profile.STORM, 10, "DRAWN", 3, false, false);

  /** And these kept, each on a disk of its own. */
  static final ReplicatorSearch SHARDS_ON_DISK =
      new ReplicatorSearch(Profile.STORM, 10, "DRAWN", 3, true, true);

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
        "shards",
        shards,
        "onDisk",
        isOnDisk,
        "apart",
        isApart);
  }

  @Override
  public String toString() {
    return "replicators%s%s, %s, %s, %d s"
        .formatted(
            shards == 1 ? "" : " of %d shards".formatted(shards),
            isOnDisk ? " on disk" : "",
            ids,
            profile,
            seconds);
  }
}
