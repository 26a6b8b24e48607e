package dev.synod.testkit.mutant;

import java.util.List;

/** Multi-Paxos's rules, broken one at a time, where that shows in some state of a small log. */
final class SlotStateMutants {

  private static final String AGREEMENT = "agreement";
  private static final String LEARNING = "learning";

  private SlotStateMutants() {}

  static List<Mutant> all() {
    return List.of(
        explored(
            "does nothing where others have votes, in some state (P2c)",
            "Preparing",
            "vote == null ?",
            "vote == null || vote.slot() > 0 ?",
            AGREEMENT),
        explored(
            "leads before it has learned what others know, in some state (§3)",
            "Preparing",
            "if (chosenElsewhere > state.chosen()) {",
            "if (chosenElsewhere > Long.MAX_VALUE - state.chosen()) {",
            AGREEMENT),
        explored(
            "takes any vote for what was chosen, in some state (§2.3)",
            "SlotLearner",
            "votes.ballotAt(reached + 1).equals(ballot)",
            "!votes.ballotAt(reached + 1).equals(Ballot.ZERO)",
            LEARNING),
        explored(
            "lets its own vote stand where another was chosen, in some state (§2.3)",
            "SlotLearner",
            "if (!missed.isEmpty()) {",
            "if (missed.size() > entries.size()) {",
            LEARNING));
  }

  private static Mutant explored(
      String name, String rule, String original, String replacement, String meant) {
    var source = new Source("consensus-paxos", "dev.synod.paxos.rules.multi." + rule);
    return new Mutant(name, source, original, replacement, meant, PaxosSearch.exploredLog(), 1);
  }
}
