package dev.synod.testkit.mutant;

import java.util.List;

/**
 * What compares replicas, broken so that it takes a healthy one for diverged. That it finds those
 * that are is what its scenarios are for.
 */
final class ConsistencyMutants {

  private static final String ALARM = "a replica fails for its disk only";

  private ConsistencyMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "leaves the digest out of snapshots",
            applier("SnapshotBody"),
            "out.putLong(content.digest().own());",
            "out.putLong(0);",
            ALARM,
            Conditions.STORM,
            100),
        new Mutant(
            "answers with its newest digest when asked for an older one",
            applier("OwnDigests"),
            "state.digests().at(asked.index()).ifPresent(",
            "state.digests().at(state.applied().index()).ifPresent(",
            ALARM,
            Conditions.BUSY,
            100),
        new Mutant(
            "forgets digests when it needs more room",
            applier("DigestChain"),
            "larger[(int) (i % larger.length)] = recent[(int) (i % recent.length)];",
            "larger[0] = 0;",
            ALARM,
            Conditions.BUSY,
            100),
        new Mutant(
            "restores a digest and goes on from another one",
            applier("DigestChain"),
            "own = isSame ? kept.own() : 0;",
            "own = isSame ? kept.previous() : 0;",
            ALARM,
            Conditions.STORM,
            100));
  }

  private static Source applier(String name) {
    return new Source("consensus-actors", "dev.synod.actors.replica." + name);
  }
}
