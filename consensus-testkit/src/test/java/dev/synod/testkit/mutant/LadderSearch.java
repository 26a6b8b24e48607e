package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Map;

/** Simulates ladders of modes. */
record LadderSearch(Profile profile, int seconds, String ids, boolean isOnDisk) implements Search {

  static final LadderSearch STORM = new LadderSearch(Profile.STORM, 10, "DRAWN", false);
  static final LadderSearch CALM = new LadderSearch(Profile.CALM, 10, "DRAWN", false);

  /** On replicas of a registry, which evicts some. */
  static final LadderSearch CALM_EVICTIONS =
      new LadderSearch(Profile.CALM, 10, "REGISTERED", false);

  @Override
  public String run() {
    return "dev.synod.testkit.crdt.LadderRun";
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
    return "ladders%s, %s, %s, %d s".formatted(isOnDisk ? " on disk" : "", ids, profile, seconds);
  }
}
