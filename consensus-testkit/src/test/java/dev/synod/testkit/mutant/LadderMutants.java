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
  private static final String REJECTED = "rejected is not done";
  private static final String REPLACED =
      "node, by, false, rungs, index, PersistentMap.empty(), Collections.emptySortedMap());";
  private static final int SEEDS = 100;
  private static final int FLEETING_SEEDS = 300;

  private LadderMutants() {}

  private static Mutant of(
      String name,
      String actor,
      String original,
      String replacement,
      Search search,
      String... meant) {
    return new Mutant(
        name,
        new Source("crdt", "dev.synod.crdt.ladder." + actor),
        original,
        replacement,
        List.of(meant),
        search,
        search instanceof FleetingSearch ? FLEETING_SEEDS : SEEDS);
  }

  private static Mutant fleeting(
      String name, String actor, String original, String replacement, String... meant) {
    return of(name, actor, original, replacement, FleetingSearch.SHORT, meant);
  }

  static List<Mutant> all() {
    return Stream.of(handingOver(), reading(), following(), replaced(), answering())
        .flatMap(List::stream)
        .toList();
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

  private static List<Mutant> replaced() {
    return List.of(
        fleeting(
            "changes a value by whichever replica is there",
            "LadderReplica",
            "if (!self.equals(by)) {",
            "if (false) {",
            SESSIONS),
        fleeting(
            "takes what any replica has for what the one has that it means",
            "LadderReplica",
            "return isRegistered ? read.thenCombine(describe(), Answered<T>::new)"
                + ".thenCompose(it -> it.of(by)) : read;",
            "return read;",
            SESSIONS,
            HANDED_IN),
        fleeting(
            "credits the next replica with what the one before has taken",
            "LadderTasks",
            "if (!ended.by().equals(node.replica())) {",
            "if (false) {",
            SESSIONS,
            END),
        fleeting(
            "takes what a token names for arrived at the next replica, before a change",
            "LadderUpdates",
            "update.hasArrived(node.replica())",
            "update.arrivedAt().isPresent()",
            SESSIONS),
        fleeting(
            "takes what a token names for arrived at the next replica, before a read",
            "LadderReads",
            "read.hasArrived(by)",
            "read.arrivedAt().isPresent()",
            SESSIONS),
        fleeting(
            "is welcome as the replica before",
            "rules.LadderNode",
            "at > index && said.equals(hello())",
            "at > index",
            END),
        fleeting(
            "says no hello for the next replica",
            "rules.LadderNode",
            REPLACED,
            REPLACED.replace("false", "isMember"),
            END),
        fleeting(
            "goes on as if the next replica had taken what the one before had",
            "rules.LadderNode",
            REPLACED,
            REPLACED.replace("PersistentMap.empty()", "own"),
            SESSIONS));
  }

  private static List<Mutant> answering() {
    return List.of(
        of(
            "says that an operation was not done of which nobody knows",
            "LadderMoves",
            "return new LadderOutcome.Unknown( outcome instanceof",
            "return new LadderOutcome.Rejected(Reason.UNAVAILABLE, outcome instanceof",
            LadderSearch.STORM,
            REJECTED));
  }
}
