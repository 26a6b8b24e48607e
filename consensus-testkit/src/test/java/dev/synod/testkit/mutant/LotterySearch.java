package dev.synod.testkit.mutant;

import java.util.Map;

/** Simulates a primary that draws lots, on ZAB. */
enum LotterySearch implements Search {
  /** The only one. */
  STORM;

  @Override
  public String run() {
    return "dev.synod.testkit.zab.LotteryRun";
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of("seed", seed);
  }

  @Override
  public String toString() {
    return "lottery, STORM, 15 s";
  }
}
