package dev.synod.testkit.mutant;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where a fault of Paxos is looked for.
 *
 * @param name for people
 * @param settings what the class that runs is told beside the seed
 */
record PaxosSearch(String name, String run, Map<String, Object> settings, boolean isTriedWithout)
    implements Search {

  private static final String HERE = "dev.synod.testkit.paxos.";

  /** One that looks at all states, of which the tests of the explorer know that they are well. */
  static PaxosSearch explored(String setting) {
    return new PaxosSearch(setting, HERE + "ExplorerRun", Map.of("setting", setting), false);
  }

  /** The same, of a small log. */
  static PaxosSearch exploredLog() {
    return new PaxosSearch("log", HERE + "LogExplorerRun", Map.of(), false);
  }

  /** One that simulates a register. */
  static PaxosSearch register() {
    return new PaxosSearch("register", HERE + "RegisterRun", Map.of(), true);
  }

  /** One that does to the rules of a log whatever a seed draws. */
  static PaxosSearch chaos(int replicas, int prepare, int accept) {
    return new PaxosSearch(
        "chaos, %d replicas".formatted(replicas),
        "dev.synod.paxos.rules.multi.ChaosRun",
        Map.of("replicas", replicas, "prepare", prepare, "accept", accept, "events", 1500),
        true);
  }

  /** One that simulates a group on a log, with majorities. */
  static PaxosSearch group(int nodes, String profile, int gapMillis, String configuration) {
    return group(nodes, 0, 0, profile, gapMillis, configuration);
  }

  /** The same, with quorums of those sizes. */
  static PaxosSearch group(
      int nodes, int prepare, int accept, String profile, int gapMillis, String configuration) {
    var settings =
        Map.<String, Object>of(
            "nodes",
            nodes,
            "prepare",
            prepare,
            "accept",
            accept,
            "profile",
            profile,
            "gapMillis",
            gapMillis,
            "configuration",
            configuration,
            "course",
            SlotSeedRun.Course.PROFILE.name());
    return new PaxosSearch(
        "%d nodes, %s".formatted(nodes, profile), SlotSeedRun.class.getName(), settings, true);
  }

  /**
   * Another course of events with three nodes, many requests and nothing wrong but what it says.
   */
  static PaxosSearch group(SlotSeedRun.Course course) {
    var calm = group(3, "CALM", 5, "");
    var settings = new HashMap<>(calm.settings());
    settings.put("course", course.name());
    var name = course.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new PaxosSearch(name, calm.run(), settings, true);
  }

  /** One in which administrators move a group among five nodes. */
  static PaxosSearch moving() {
    var storm = group(5, "STORM", 20, "");
    var settings = new HashMap<>(storm.settings());
    settings.put("course", SlotSeedRun.Course.MOVING.name());
    return new PaxosSearch("moving", storm.run(), settings, true);
  }

  /** One in which a replica differs from the others. */
  static PaxosSearch diverged() {
    var run = "dev.synod.testkit.scenario.DivergedRun";
    return new PaxosSearch("a replica differs", run, Map.of(), true);
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
