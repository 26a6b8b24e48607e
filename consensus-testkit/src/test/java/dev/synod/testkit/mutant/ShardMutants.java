package dev.synod.testkit.mutant;

import java.util.List;
import java.util.stream.Stream;

/** What replicators of a node's shards tell each other, broken one place at a time. */
final class ShardMutants {

  private static final String CAUSAL = "causal reads";
  private static final String SESSIONS = "session guarantees";
  private static final String GONE = "no resurrection";
  private static final String SERVED = "served in peace";
  private static final String TOKENS = "tokens grow";
  private static final int SEEDS = 60;

  private ShardMutants() {}

  private static Mutant of(
      String name, Source source, String original, String replacement, String... meant) {
    return new Mutant(
        name, source, original, replacement, List.of(meant), ReplicatorSearch.SHARDS, SEEDS);
  }

  private static Mutant onDisk(
      String name, Source source, String original, String replacement, String... meant) {
    return new Mutant(
        name,
        source,
        original,
        replacement,
        List.of(meant),
        ReplicatorSearch.SHARDS_ON_DISK,
        SEEDS);
  }

  static List<Mutant> all() {
    return Stream.of(words(), tokens(), starts()).flatMap(List::stream).toList();
  }

  private static List<Mutant> words() {
    return List.of(
        of(
            "says that it has what another shard waits for, and may not have it",
            actor("Siblings"),
            "? replication.reached(question.what())",
            """
            ? Optional.of(
                new Reached(
                    question.what(), question.what().changes(), dev.synod.crdt.CausalToken.NONE))
            """,
            CAUSAL,
            SESSIONS,
            GONE),
        of(
            "serves whoever has seen in another shard what is not there (COPS, §4)",
            rules("Replication"),
            "&& elsewhere.has(token);",
            ";",
            CAUSAL,
            SESSIONS,
            GONE),
        of(
            "looks only at what the first one of several intervals follows in other shards",
            rules("Delivery"),
            "var step = after.receive(interval);",
            """
            var step =
                after.receive(
                    interval.equals(message.intervals().get(0))
                        ? interval
                        : new Deltas(
                            interval.from(),
                            interval.first(),
                            interval.last(),
                            interval.after(),
                            interval.deltas()));
            """,
            CAUSAL,
            SESSIONS,
            GONE),
        of(
            "does not say what a change follows in other shards",
            actor("Serving"),
            "update.key(), consistency.after(), value ->",
            "update.key(), dev.synod.crdt.CausalToken.NONE, value ->",
            CAUSAL,
            SESSIONS,
            GONE));
  }

  private static List<Mutant> tokens() {
    return List.of(
        of(
            "leaves other shards out of the token of an answer",
            actor("Serving"),
            "var token = replication.token(get.key(), get.consistency().after());",
            "var token = replication.token(get.key());",
            TOKENS),
        of(
            "leaves other shards out of the token of an answer that others confirm",
            actor("Calls"),
            "var token = replication.token(get.key(), get.consistency().after());",
            "var token = replication.token(get.key());",
            TOKENS));
  }

  private static List<Mutant> starts() {
    return List.of(
        of(
            "does not hear who the other shards are",
            actor("Siblings"),
            "shards = siblings.shards();",
            "",
            SERVED),
        of(
            "takes the replica of a shard for that of all keys",
            actor("Beginning"),
            "setup.families(), limits).of(setup.shard())",
            "setup.families(), limits)",
            SERVED),
        onDisk(
            "does not hear who the other shards are while it reads",
            actor("RecoveringReplicator"),
            ".onMessage(Siblings.Await.class, early",
            ".onMessage(Siblings.Word.class, early",
            SERVED),
        onDisk(
            "takes the replica of a shard that it has read for that of all keys",
            actor("RecoveringReplicator"),
            "nothing.of(setup.shard())",
            "nothing",
            SERVED));
  }

  private static Source rules(String name) {
    return new Source("crdt", "dev.synod.crdt.rules." + name);
  }

  private static Source actor(String name) {
    return new Source("crdt", "dev.synod.crdt.actor." + name);
  }
}
