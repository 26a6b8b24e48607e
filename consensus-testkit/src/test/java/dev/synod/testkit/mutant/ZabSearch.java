package dev.synod.testkit.mutant;

import java.util.HashMap;
import java.util.Map;

/**
 * Where a fault of ZAB is looked for.
 *
 * @param name for people
 * @param settings what the class that runs is told beside the seed
 */
record ZabSearch(String name, String run, Map<String, Object> settings) implements Search {

  /** As many transactions as an epoch may have. */
  private static final long COUNTERS = 0xFFFF_FFFFL;

  /** One that does to the rules whatever a seed draws. */
  static ZabSearch chaos(int voters, int observers) {
    return chaos(voters, observers, COUNTERS);
  }

  /** The same, with epochs of so many transactions. */
  static ZabSearch chaos(int voters, int observers, long counterMax) {
    return chaos(voters, observers, counterMax, false, Map.of());
  }

  /** One in which members change, and leaders hand over. */
  static ZabSearch moving(int voters, int observers) {
    return chaos(voters, observers, COUNTERS, true, Map.of());
  }

  /** One of voters that weigh so much, by name. */
  static ZabSearch weighted(int voters, Map<String, Integer> weights) {
    return chaos(voters, 0, COUNTERS, false, weights);
  }

  private static ZabSearch chaos(
      int voters, int observers, long counterMax, boolean moving, Map<String, Integer> weights) {
    return new ZabSearch(
        "chaos, %d vote%s, %d observe%s"
            .formatted(
                voters,
                weights.isEmpty() ? "" : " by weight",
                observers,
                moving ? ", members change" : ""),
        "dev.synod.zab.rules.ChaosRun",
        Map.of(
            "voters",
            voters,
            "observers",
            observers,
            "counterMax",
            counterMax,
            "moving",
            moving,
            "events",
            6000,
            "weights",
            weights));
  }

  /** One that simulates a group. */
  static ZabSearch group(int nodes, String profile, int gapMillis, String configuration) {
    return new ZabSearch(
        "%d nodes, %s".formatted(nodes, profile),
        ZabSeedRun.class.getName(),
        Map.of(
            "nodes",
            nodes,
            "profile",
            profile,
            "gapMillis",
            gapMillis,
            "configuration",
            configuration));
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    var all = new HashMap<>(settings);
    all.put("seed", seed);
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}
