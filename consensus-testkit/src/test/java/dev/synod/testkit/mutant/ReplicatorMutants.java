package dev.synod.testkit.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Replication of replicated data types, broken one rule at a time. */
final class ReplicatorMutants {

  private static final String CAUSAL = "causal reads";
  private static final String SESSIONS = "session guarantees";
  private static final String EQUAL = "convergence";
  private static final String ALL = "confirmed by all";
  private static final String STAYS = "confirmed stays";
  private static final String GONE = "no resurrection";
  private static final String ONCE = "counted once";
  private static final String ARRIVE = "large changes arrive";
  private static final String SOON = "large changes arrive soon";
  private static final int SEEDS = 100;

  private ReplicatorMutants() {}

  private static Mutant of(
      String name, Source source, String original, String replacement, String... meant) {
    return new Mutant(
        name, source, original, replacement, List.of(meant), ReplicatorSearch.STORM, SEEDS);
  }

  static List<Mutant> all() {
    return Stream.of(delivery(), claims(), backPressure(), members())
        .flatMap(List::stream)
        .toList();
  }

  private static Mutant large(String name, String original, String replacement) {
    return new Mutant(
        name,
        rules("Outgoing"),
        original,
        replacement,
        List.of(ARRIVE),
        new LargeChangesSearch(false),
        SEEDS);
  }

  private static Mutant evicting(
      String name,
      Source source,
      String original,
      String replacement,
      ReplicatorSearch search,
      String... meant) {
    return new Mutant(name, source, original, replacement, List.of(meant), search, SEEDS);
  }

  private static List<Mutant> members() {
    return List.of(
        evicting(
            "forgets what only an evicted replica has changed",
            actor("Membership"),
            "inheritance.behind(kept(replication, known.getAsLong()), replication)",
            "inheritance",
            ReplicatorSearch.CALM_EVICTIONS,
            STAYS,
            GONE),
        evicting(
            "makes changes of an evicted replica anew that all have",
            actor("Membership"),
            "var kept = replication.changesAfter(known);",
            "var kept = replication.changesAfter(0);",
            ReplicatorSearch.EVICTIONS,
            GONE,
            EQUAL),
        evicting(
            "takes for stable what one member has merged (Baquero et al. 2014, §4)",
            new Source("crdt", "dev.synod.crdt.registry.Registry"),
            "lowest = Math.min(lowest, one.get(replica));",
            "lowest = Math.max(lowest, one.get(replica));",
            ReplicatorSearch.EVICTIONS,
            GONE,
            EQUAL,
            CAUSAL,
            SESSIONS,
            STAYS));
  }

  private static List<Mutant> backPressure() {
    return List.of(
        large(
            "tells nothing more after a large change",
            "turn.flush(with(other, progress.full(false)), other)",
            "turn.flush(this, other)"),
        large(
            "takes what waited behind a large change for acknowledged",
            "turn.flush(with(other, progress.full(false)), other)",
            """
            turn.flush(
                with(
                    other,
                    new Progress(log.last(), log.last(), -1, List.of(), false)),
                other)
            """),
        new Mutant(
            "tells of more changes although the way is full, at each answer",
            rules("Progress"),
            """
            var left = underWay.stream().filter(it -> it > have).toList();
            return new Progress(have, Math.max(sent, have), filled, left, isFull);
            """,
            """
            var left = underWay.stream().skip(1).toList();
            return new Progress(have, Math.max(sent, have), filled, left, false);
            """,
            List.of(SOON),
            new LargeChangesSearch(true),
            SEEDS));
  }

  private static List<Mutant> delivery() {
    return List.of(
        of(
            "shows an answer before its question (Birman et al. 1991, §5.1)",
            rules("Held"),
            "replica.equals(interval.from()) || number <= merged.get(replica)",
            "true",
            CAUSAL,
            SESSIONS),
        of(
            "merges intervals beyond a gap (Almeida et al. 2018, §6)",
            rules("Delivery"),
            "interval.first() > reach + 1) { boolean isGap",
            "false) { boolean isGap",
            ALL,
            CAUSAL,
            SESSIONS,
            EQUAL),
        of(
            "serves whoever has seen more than it has",
            rules("Replication"),
            """
            return standing.covers(merged, token.changes(elsewhere.here().number()))
                && elsewhere.has(token);
            """,
            "return true;",
            CAUSAL,
            SESSIONS),
        of(
            "forgets in tokens what a value has before the others",
            rules("Replication"),
            "return standing.folded(version.isPartOf(merged) ? merged : merged.merge(version));",
            "return merged;",
            CAUSAL,
            SESSIONS,
            GONE));
  }

  private static List<Mutant> claims() {
    return List.of(
        of(
            "claims all that one fetched value has",
            rules("Replication"),
            "return new Step(with(merging.keys(), merged), merging.effects());",
            """
            return new Step(
                with(
                    merging.keys(),
                    message.value().map(it -> merged.merge(it.version())).orElse(merged)),
                merging.effects());
            """,
            CAUSAL,
            SESSIONS,
            ALL,
            EQUAL),
        of(
            "claims what the other has at the last answer of a search",
            rules("Searching"),
            "search.upTo().or(() -> Optional.of(answer.upTo())),",
            "Optional.of(answer.upTo()),",
            CAUSAL,
            SESSIONS,
            ALL,
            EQUAL),
        of(
            "keeps the progress of whoever was at a node before",
            rules("Outgoing"),
            "return others.containsKey(other) ? this : with(other, Progress.NONE);",
            """
            return others.containsKey(other)
                ? this
                : with(
                    other,
                    others.isEmpty() ? Progress.NONE : others.get(others.firstKey()));
            """,
            ALL,
            STAYS),
        of(
            "never looks for what others have",
            actor("SearchTurns"),
            "if (others.isEmpty()) {",
            "if (true) {",
            EQUAL),
        of(
            "numbers all changes of an interval as its first one",
            rules("Outgoing"),
            "new KeyedDelta(key, joined.number(), joined.change().encoded())",
            "new KeyedDelta(key, first, joined.change().encoded())",
            EQUAL,
            ALL,
            ONCE,
            CAUSAL));
  }

  private static Source rules(String name) {
    return new Source("crdt", "dev.synod.crdt.rules." + name);
  }

  private static Source actor(String name) {
    return new Source("crdt", "dev.synod.crdt.actor." + name);
  }
}
