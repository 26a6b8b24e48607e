package dev.synod.testkit.mutant;

import java.util.List;

/** Multi-Paxos's rules, broken one at a time. */
final class SlotRuleMutants {

  private static final String STEP = "invariant: ";
  private static final String ONE_VALUE = "one value a slot";
  private static final String APPLIED = "only what is chosen is applied";
  private static final String ACKNOWLEDGED = "only what is chosen is acknowledged";
  private static final String NO_HOLE = "no slot is skipped";
  private static final String READ = "a read sees what was acknowledged";

  private static final PaxosSearch THREE = PaxosSearch.chaos(3, 2, 2);

  /** Three promise, two accept. */
  private static final PaxosSearch FOUR = PaxosSearch.chaos(4, 3, 2);

  private static final PaxosSearch FIVE = PaxosSearch.chaos(5, 3, 3);
  private static final int SEEDS_MAX = 100;

  private SlotRuleMutants() {}

  static List<Mutant> acceptors() {
    return List.of(
        fault(
            "accepts below its promise (P1a)",
            "rules.multi.SlotAcceptor",
            "if (promised.isAfter(ballot)) { return refuse(accept); }",
            "",
            STEP + "a promise is never lowered (P1a)",
            THREE),
        fault(
            "promises below its promise (phase 1b)",
            "rules.multi.SlotAcceptor",
            "if (promised.isAfter(ballot)) { return refuse(prepare); }",
            "",
            STEP + "a promise is never lowered (P1a)",
            THREE),
        fault(
            "writes no promise down (§2.5)",
            "rules.multi.SlotAcceptor",
            "effects.add(new SavePromise(ballot)); if (!prepare",
            "if (!prepare",
            STEP + "a promise is written down (§2.5)",
            THREE),
        fault(
            "promises before that is durable (§2.5)",
            "rules.multi.SlotAcceptor",
            "new WhenDurable(new SendPromise(prepare.from(), ballot, prepare.firstSlot()))",
            "new SendPromise(prepare.from(), ballot, prepare.firstSlot())",
            STEP + "nothing is promised or accepted before all is durable (§2.5)",
            THREE),
        fault(
            "says that it has accepted before that is durable (§2.5)",
            "rules.multi.SlotAcceptor",
            "effects.add(new WhenDurable(new Send(accept.from(), accepted)));",
            "effects.add(new Send(accept.from(), accepted));",
            STEP + "nothing is promised or accepted before all is durable (§2.5)",
            THREE));
  }

  static List<Mutant> votes() {
    return List.of(
        fault(
            "accepts, and may yet promise less (P1a)",
            "rules.multi.SlotAcceptor",
            "return step(hearing(ballot, ballot, nowNoted), effects);",
            "return step(hearing(ballot, promised, nowNoted), effects);",
            ONE_VALUE,
            THREE),
        fault(
            "votes however far ahead (§3)",
            "rules.multi.SlotAcceptor",
            "if (accept.lastSlot() > chosen + aheadMax) {",
            "if (accept.lastSlot() > Long.MAX_VALUE - aheadMax) {",
            "votes are bounded",
            FIVE),
        fault(
            "keeps the first vote of a slot (phase 2b)",
            "rules.multi.SlotAcceptor",
            "!votes.ballotAt(entry.index()).equals(ballot)",
            "votes.ballotAt(entry.index()).equals(Ballot.ZERO)",
            ONE_VALUE,
            THREE),
        fault(
            "tells ballots of one round apart by nothing (§2.2)",
            "protocol.Ballot",
            ".thenComparing(Ballot::proposer)",
            "",
            List.of(ONE_VALUE, STEP + "a promise is written down (§2.5)"),
            THREE));
  }

  static List<Mutant> learners() {
    return List.of(
        fault(
            "takes any vote for what was chosen (§2.3)",
            "rules.multi.SlotLearner",
            "votes.ballotAt(reached + 1).equals(ballot)",
            "!votes.ballotAt(reached + 1).equals(Ballot.ZERO)",
            APPLIED,
            THREE),
        fault(
            "skips the slots before one that it voted for (§3)",
            "rules.multi.SlotLearner",
            "long reached = chosen; while",
            "long reached = votes.ballotAt(upTo).equals(ballot) ? Math.max(chosen, upTo) : chosen;"
                + " while",
            List.of(NO_HOLE, APPLIED),
            THREE),
        fault(
            "takes what it is told in any order (§3)",
            "rules.multi.SlotLearner",
            "if (news.isEmpty() || news.get(0).index() > chosen + 1) {",
            "if (news.isEmpty()) {",
            NO_HOLE,
            FIVE),
        fault(
            "lets its own vote stand where another value was chosen (§2.3)",
            "rules.multi.SlotLearner",
            "if (!missed.isEmpty()) {",
            "if (missed.size() > entries.size()) {",
            List.of(APPLIED, NO_HOLE),
            THREE),
        fault(
            "hands on what it has votes for (§2.3)",
            "rules.multi.SlotLearner",
            "new SendChosen(learn.from(), learn.firstSlot(), chosen)",
            "new SendChosen(learn.from(), learn.firstSlot(), votes.last())",
            List.of(APPLIED, NO_HOLE),
            THREE));
  }

  static List<Mutant> preparing() {
    return List.of(
        fault(
            "adopts the lowest vote (P2c)",
            "rules.multi.Preparing",
            "b.ballot().isAfter(a.ballot()) ? b : a",
            "b.ballot().isAfter(a.ballot()) ? a : b",
            ONE_VALUE,
            THREE),
        fault(
            "leads before it has learned what others know (§3)",
            "rules.multi.Preparing",
            "if (chosenElsewhere > state.chosen()) {",
            "if (chosenElsewhere > Long.MAX_VALUE - state.chosen()) {",
            ONE_VALUE,
            THREE),
        fault(
            "asks others before its own promise is durable (§2.5)",
            "rules.multi.Preparing",
            "effects.add(after.ask(state.self(), slot));",
            "state.quorums().members().forEach(one -> effects.add(after.ask(one, slot)));",
            "one value a ballot",
            FIVE),
        fault(
            "takes a part of a promise for all of it (§3)",
            "rules.multi.Preparing",
            "acceptor -> covered.getOrDefault(acceptor, 0L) == Long.MAX_VALUE",
            "covered::containsKey",
            ONE_VALUE,
            THREE),
        fault(
            "counts promises of an earlier ballot (phase 2a)",
            "rules.multi.Preparing",
            "if (!promise.ballot().equals(ballot) || !isNext) {",
            "if (!isNext) {",
            ONE_VALUE,
            THREE),
        fault(
            "leads without a promise of a quorum (phase 2a)",
            "rules.multi.Preparing",
            "return state.quorums().prepare().isMetBy(",
            "return state.quorums().accept().isMetBy(",
            ONE_VALUE,
            FOUR));
  }

  static List<Mutant> leading() {
    return List.of(
        fault(
            "does nothing where others have votes (P2c)",
            "rules.multi.Preparing",
            "vote == null ?",
            "vote == null || vote.slot() > 0 ?",
            ONE_VALUE,
            THREE),
        fault(
            "begins behind what it has learned, whatever has votes (P2c)",
            "rules.multi.Preparing",
            "long last = open.isEmpty() ? state.chosen() : Math.min(open.lastKey(), until);",
            "long last = state.chosen();",
            ONE_VALUE,
            THREE),
        fault(
            "leaves out holes between votes (§3)",
            "rules.multi.Preparing",
            "for (long slot = state.chosen() + 1; slot <= last; slot++) {",
            "for (long slot : open.keySet()) {",
            List.of(NO_HOLE, STEP + "a proposer tells of each slot that is chosen"),
            THREE),
        fault(
            "counts slots before a quorum has them (§2.3)",
            "rules.multi.Flight",
            "return quorum.isMetBy(accepted::contains);",
            "return !accepted.isEmpty();",
            List.of(ACKNOWLEDGED, APPLIED),
            THREE),
        fault(
            "counts what was accepted of another ballot (§2.2)",
            "rules.multi.Leading",
            "if (!accepted.ballot().equals(ballot)) { return stay(); } var heard",
            "var heard",
            List.of(ACKNOWLEDGED, APPLIED),
            THREE),
        fault(
            "takes what it learned for counted (§2.3)",
            "rules.multi.Leading",
            "return slot > pipeline.counted() ? giveUp(state.knows(slot), Optional.empty()) :"
                + " stay();",
            """
            return become(
                new Leading(state.knows(slot), ballot, recovered,
                    new Pipeline(
                        Math.max(next(), slot + 1),
                        pipeline.rest(),
                        pipeline.flights().stream()
                            .filter(flight -> flight.lastSlot() > slot)
                            .toList()),
                    beats,
                    contacts,
                    reads,
                    tenure));
            """,
            APPLIED,
            FIVE));
  }

  static List<Mutant> reads() {
    return List.of(
        fault(
            "reads before it has decided what it recovered (§3)",
            "rules.multi.Leading",
            "Math.max(state.chosen(), recovered)",
            "state.chosen()",
            READ,
            THREE),
        fault(
            "reads without asking anybody",
            "rules.multi.Leading",
            "long round = accept().agreedValue(contacts::roundOf);",
            "long round = reads.round();",
            READ,
            THREE),
        fault(
            "reads without asking its own acceptor (Flexible Paxos §3)",
            "rules.multi.Leading",
            "long round = accept().agreedValue(contacts::roundOf);",
            "long round = accept().agreedValue(one -> one.equals(state.self()) ?"
                + " reads.round() : contacts.roundOf(one));",
            READ,
            FOUR),
        fault(
            "takes an answer to an earlier read for one to a later",
            "rules.multi.Reads",
            "waiting.headMap(answered, true)",
            "waiting",
            List.of(READ),
            THREE));
  }

  private static Mutant fault(
      String name,
      String rule,
      String original,
      String replacement,
      String meant,
      PaxosSearch search) {
    return fault(name, rule, original, replacement, List.of(meant), search);
  }

  private static Mutant fault(
      String name,
      String rule,
      String original,
      String replacement,
      List<String> meant,
      PaxosSearch search) {
    var source = new Source("consensus-paxos", "dev.synod.paxos." + rule);
    return new Mutant(name, source, original, replacement, meant, search, SEEDS_MAX);
  }
}
