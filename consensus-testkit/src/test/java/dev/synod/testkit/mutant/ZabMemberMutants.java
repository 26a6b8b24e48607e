package dev.synod.testkit.mutant;

import java.util.List;
import java.util.Map;

/** Who belongs to a group of ZAB, and how leadership moves, broken one rule at a time. */
final class ZabMemberMutants {

  private static final String INTEGRITY = "integrity";
  private static final String ALL = "a healed group delivers all";

  private static final ZabSearch CHAOS = ZabSearch.moving(3, 2);
  private static final ZabSearch FIVE = ZabSearch.moving(5, 2);
  private static final ZabSearch WEIGHTED =
      ZabSearch.weighted(4, Map.of("n7001", 3, "n7002", 1, "n7003", 1, "n7004", 1));
  private static final int SEEDS_MAX = 100;

  private ZabMemberMutants() {}

  static List<Mutant> all() {
    return List.of(
        fault(
            "takes what was proposed to a voter for committed once it observes",
            "rules.Broadcast",
            "long most = learner.proposed() ? Long.MAX_VALUE : leader.commitIndex();",
            "long most = Long.MAX_VALUE;",
            FIVE,
            INTEGRITY),
        fault(
            "forgets who left and came back while it followed",
            "rules.Leading",
            "Discovery.invite(this, learner.get(), effects);",
            "",
            CHAOS,
            ALL),
        fault(
            "counts heads, not weight",
            "rules.Server",
            "voting.of(latest)",
            "latest.quorum()",
            WEIGHTED,
            INTEGRITY,
            "agreement"));
  }

  private static Mutant fault(
      String name,
      String className,
      String original,
      String replacement,
      ZabSearch search,
      String... meant) {
    var source = new Source("consensus-zab", "dev.synod.zab." + className);
    return new Mutant(name, source, original, replacement, List.of(meant), search, SEEDS_MAX);
  }
}
