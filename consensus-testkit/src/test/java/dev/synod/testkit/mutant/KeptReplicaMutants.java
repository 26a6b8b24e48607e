package dev.synod.testkit.mutant;

import java.util.List;

/** How replicas of data types are kept on disk, broken one place at a time. */
final class KeptReplicaMutants {

  private static final int SEEDS = 100;

  /** Whatever notices first that a change is lost, or that its number stands for another one. */
  private static final List<String> LOST =
      List.of(
          "confirmed stays",
          "confirmed by all",
          "counted once",
          "causal reads",
          "session guarantees",
          "no resurrection",
          "convergence");

  private KeptReplicaMutants() {}

  private static Mutant of(String name, Source source, String original, String replacement) {
    return new Mutant(
        name, source, original, replacement, LOST, ReplicatorSearch.STORM_ON_DISK, SEEDS);
  }

  /** A registry gives ids, and evicts some. */
  private static Mutant evicting(String name, Source source, String original, String replacement) {
    return new Mutant(
        name, source, original, replacement, LOST, ReplicatorSearch.EVICTIONS_ON_DISK, SEEDS);
  }

  static List<Mutant> all() {
    return List.of(
        of(
            "says what is not on disk yet",
            actor("DurableKeeping"),
            "if (gate.isEmpty() && store.durableTicket() >= store.lastTicket()) {",
            "if (true) {"),
        of(
            "does not write its own changes",
            rules("Recording"),
            "if (log.last() > before.lastChange()) {",
            "if (false) {"),
        of(
            "leaves its own changes out of snapshots",
            rules("Recording"),
            "own(log, number).ifPresent(each);",
            ""),
        of(
            "does not write what was merged with a claim",
            rules("Recording"),
            "if (effect instanceof Effect.Merged merged) {",
            "if (effect instanceof Effect.Merged merged && false) {"),
        of(
            "forgets with a snapshot what was written since it was begun",
            new Source("crdt", "dev.synod.crdt.store.LogReplicaStore"),
            "log.compactTo(snapshotted);",
            "log.compactTo(log.last());"),
        evicting(
            "does not write that the node's replica is another one",
            actor("DurableKeeping"),
            "Recording.became(replica, left, settings.snapshotChunkBytes(), this::append);",
            ""),
        evicting(
            "does not write what an evicted replica has to make anew",
            rules("Recording"),
            "part.add(kept);",
            ""));
  }

  private static Source rules(String name) {
    return new Source("crdt", "dev.synod.crdt.rules." + name);
  }

  private static Source actor(String name) {
    return new Source("crdt", "dev.synod.crdt.actor." + name);
  }
}
