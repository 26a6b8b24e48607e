package dev.synod.testkit.mutant;

import java.util.List;
import java.util.stream.Stream;

/** The actors of a ladder of modes, broken one place at a time. */
final class LadderMutants {

  private static final String HANDED_IN = "handed in";
  private static final String LINEARIZABLE = "linearizable";
  private static final String SESSIONS = "session guarantees";
  private static final String STAYS = "confirmed stays";
  private static final String GONE = "no resurrection";
  private static final String EQUAL = "convergence";
  private static final String END = "moves end";
  private static final int SEEDS = 100;

  private LadderMutants() {}

  private static Mutant of(
      String name,
      String actor,
      String original,
      String replacement,
      LadderSearch search,
      String... meant) {
    return new Mutant(
        name,
        new Source("crdt", "dev.synod.crdt.ladder." + actor),
        original,
        replacement,
        List.of(meant),
        search,
        SEEDS);
  }

  static List<Mutant> all() {
    return Stream.of(handingOver(), reading(), following()).flatMap(List::stream).toList();
  }

  private static List<Mutant> handingOver() {
    return List.of(
        of(
            "goes on after a move down without the group's value",
            "LadderTasks",
            "? merge(data, node.replica(), family, take.key(), seen.value())",
            "? CompletableFuture.completedStage(DONE)",
            LadderSearch.CALM,
            SESSIONS,
            GONE,
            STAYS),
        of(
            "takes the group's value as it was before the move",
            "LadderTasks",
            "Read.atLeast(node.index())",
            "Read.atLeast(1)",
            LadderSearch.CALM,
            SESSIONS,
            GONE,
            STAYS),
        of(
            "takes a value for handed in that the group did not get",
            "LadderTasks",
            "return Optional.of(outcome.toString()); } private <T extends Lattice<T>>"
                + " CompletionStage<Optional<String>> take(",
            "return DONE; } private <T extends Lattice<T>>"
                + " CompletionStage<Optional<String>> take(",
            LadderSearch.STORM,
            END),
        of(
            "waits in the replica for what a token names, beyond a fence",
            "LadderUpdates",
            "data.update(node.replica(), update.family().values(), update.key(), attempt)",
            """
            data.await(
                    update.family().values(),
                    update.key(),
                    update.after(),
                    settings.afterTimeout())
                .thenCompose(
                    it ->
                        data.update(
                            node.replica(), update.family().values(), update.key(), attempt))
            """,
            LadderSearch.STORM,
            HANDED_IN,
            LINEARIZABLE));
  }

  private static List<Mutant> reading() {
    return List.of(
        of(
            "reads from a replica of the group that is behind",
            "LadderReads",
            "dev.synod.core.Read.linearizable()",
            "dev.synod.core.Read.atLeast(1)",
            LadderSearch.CALM,
            LINEARIZABLE,
            SESSIONS,
            GONE),
        of(
            "shows what the group has while others still change it",
            "LadderReads",
            "!seen.rung().isIn(ConsistencyMode.LINEARIZABLE)",
            "false",
            LadderSearch.CALM,
            LINEARIZABLE,
            SESSIONS,
            GONE));
  }

  private static List<Mutant> following() {
    return List.of(
        of(
            "misses what the group did between its welcome and its watch",
            "LadderActor",
            "From.after(following.orElseThrow().index())",
            "From.after(following.orElseThrow().index() + 1)",
            LadderSearch.STORM,
            END,
            LINEARIZABLE,
            HANDED_IN),
        of(
            "says hello once, and not again when it was evicted",
            "LadderActor",
            "} else { greet(); }",
            "}",
            LadderSearch.CALM,
            END),
        of(
            "does not find out that its replica is another one",
            "LadderActor",
            "if (data.isRegistered()) { describe(); }",
            "",
            LadderSearch.CALM_EVICTIONS,
            END),
        of(
            "lets replicas drop what the group still has",
            "LadderFamily",
            "values = values.unswept();",
            "",
            LadderSearch.CALM_EVICTIONS,
            GONE,
            EQUAL,
            STAYS,
            HANDED_IN));
  }
}
