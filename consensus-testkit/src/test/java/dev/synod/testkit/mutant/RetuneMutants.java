package dev.synod.testkit.mutant;

import java.util.List;

/** What a running replica makes of other settings, broken one at a time. */
final class RetuneMutants {

  private static final String READS = "linearizable reads see what was acknowledged";
  private static final String LINEARIZABLE = "the history is linearizable";
  private static final String BOUNDS = "queues are bounded";

  private RetuneMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "goes by the lease that it was started with",
            actor("Tuned"),
            "lease.runs(settings.lease().toNanos());",
            "",
            List.of(READS, LINEARIZABLE),
            Conditions.RETUNED_LEASE,
            100),
        new Mutant(
            "lets as much wait for the disk as when it was started",
            actor("Tuned"),
            "gate.bound(settings.gatedEffectsMax());",
            "",
            List.of(BOUNDS),
            Conditions.RETUNED,
            200),
        new Mutant(
            "takes as many reads as when it was started",
            actor("Tuned"),
            "clients.readsMax(settings.readsPendingMax());",
            "",
            List.of(BOUNDS),
            Conditions.RETUNED,
            200),
        new Mutant(
            "hands as many entries to the state machine as when it was started",
            actor("Tuned"),
            "feed.bounds(settings.entriesPerApplyMax(), settings.entriesAheadMax());",
            "",
            List.of(BOUNDS),
            Conditions.RETUNED,
            200),
        new Mutant(
            "takes as many proposals as when it was started",
            actor("RaftShell"),
            "settings = changed.apply(retune.system());",
            "var settings = changed.apply(retune.system());",
            List.of(BOUNDS),
            Conditions.RETUNED,
            200));
  }

  private static Source actor(String name) {
    return new Source("consensus-raft", "dev.synod.raft.actor." + name);
  }
}
