package dev.synod.testkit.mutant;

import java.util.List;

/** Paxos's rules, broken one at a time. */
final class PaxosMutants {

  private static final String STEP = "invariant: ";
  private static final String AGREEMENT = "agreement";
  private static final String REPORTS = "reports";
  private static final String PROMISES = "promises last";
  private static final String THREE = "three";
  private static final String CRASHING = "crashing";

  private PaxosMutants() {}

  static List<Mutant> acceptors() {
    return List.of(
        explored(
            "promises before that is durable (§2.5)",
            "rules.Acceptor",
            "new Effect.Write<>(written), new Effect.WhenDurable<>(promise)",
            "new Effect.Write<>(written), promise",
            CRASHING,
            STEP + "nothing but a refusal is said before all is durable (§2.5)"),
        explored(
            "forgets its promises in a crash (§2.5)",
            "rules.Acceptor",
            "return with(written);",
            "return written instanceof Written.Voted ? with(written) : this;",
            CRASHING,
            PROMISES),
        explored(
            "writes no promise down (§2.5)",
            "rules.Acceptor",
            "new Effect.Write<>(written), new Effect.WhenDurable<>(promise)",
            "new Effect.WhenDurable<>(promise)",
            THREE,
            STEP + "what changes is written first (§2.5)"),
        explored(
            "accepts below its promise (P1a)",
            "rules.Acceptor",
            "if (promised.isAfter(ballot)) { return refuse(ballot); } var asked",
            "var asked",
            THREE,
            STEP + "a promise is never lowered (P1a)"),
        explored(
            "promises below its promise (phase 1b)",
            "rules.Acceptor",
            "if (promised.isAfter(ballot)) { return refuse(ballot); } var promise",
            "var promise",
            THREE,
            STEP + "a promise is never lowered (P1a)"),
        explored(
            "does not raise its promise when it accepts (P1a)",
            "rules.Acceptor",
            "new Acceptor<>(self, written.ballot(), Optional.of(voted.vote()))",
            "new Acceptor<>(self, promised, Optional.of(voted.vote()))",
            THREE,
            STEP + "votes rise, and none is above what is promised"),
        explored(
            "promises, and hides its vote (phase 1b)",
            "rules.Acceptor",
            "new PaxosMessage.Promise<>(self, ballot, vote)",
            "new PaxosMessage.Promise<>(self, ballot, Optional.empty())",
            THREE,
            AGREEMENT),
        explored(
            "tells ballots of one round apart by nothing (§2.2)",
            "protocol.Ballot",
            ".thenComparing(Ballot::proposer)",
            "",
            THREE,
            AGREEMENT));
  }

  static List<Mutant> proposers() {
    return List.of(
        explored(
            "adopts the lowest vote (P2c)",
            "rules.Preparing",
            ".max(Comparator.comparing(Vote::ballot))",
            ".min(Comparator.comparing(Vote::ballot))",
            THREE,
            AGREEMENT),
        explored(
            "adopts whichever vote comes first (P2c)",
            "rules.Preparing",
            ".max(Comparator.comparing(Vote::ballot))",
            ".findFirst()",
            THREE,
            AGREEMENT),
        explored(
            "proposes its own value though a vote was reported (P2c)",
            "rules.Change",
            "present.isPresent() ? new Choice<>(present.get(), false) : new Choice<>(own, true)",
            "new Choice<>(own, true)",
            THREE,
            AGREEMENT),
        explored(
            "counts a promise of an acceptor twice (phase 2a)",
            "rules.Preparing",
            "more.putIfAbsent(promise.from(), promise.vote());",
            "more.putIfAbsent(StoreId.of(more.size() + 1L), promise.vote());",
            THREE,
            AGREEMENT),
        explored(
            "counts promises of an earlier ballot (phase 2a)",
            "rules.Preparing",
            "if (!promise.ballot().equals(ballot)) { return stay(); }",
            "",
            "late",
            AGREEMENT),
        explored(
            "counts an acceptance of an acceptor twice (§2.2)",
            "rules.Accepting",
            "more.merge(from, accepted, Boolean::logicalOr);",
            "more.put(accepted ? StoreId.of(more.size() + 1L) : from, accepted);",
            THREE,
            REPORTS),
        explored(
            "counts acceptances of another ballot (§2.2)",
            "rules.Accepting",
            "if (!accepted.ballot().equals(ballot)) { return stay(); }",
            "",
            THREE,
            REPORTS),
        explored(
            "takes a refusal for an acceptance",
            "rules.Accepting",
            "answered(nack.from(), false)",
            "answered(nack.from(), true)",
            THREE,
            REPORTS),
        explored(
            "takes one acceptance for a choice",
            "rules.Accepting",
            "result(more.answers) != VoteResult.WON",
            "result(more.answers) == VoteResult.LOST",
            THREE,
            REPORTS),
        explored(
            "rejects what it has sent to be accepted",
            "rules.Proposer",
            "exposed ? new Result.Unknown<>() : new Result.NotProposed<>()",
            "new Result.NotProposed<>()",
            THREE,
            REPORTS),
        explored(
            "uses a ballot again after a restart (§2.5)",
            "rules.Rounds",
            "return new Rounds(self, reserved, reserved, block);",
            "return new Rounds(self, 0, reserved, block);",
            "forgetting",
            "one value a ballot"));
  }

  static List<Mutant> others() {
    return List.of(
        explored(
            "lets the quorums of the phases be apart (Flexible Paxos §3)",
            "rules.Quorums",
            "if (!apart.isEmpty()) {",
            "if (apart.contains(StoreId.of(0))) {",
            "two and two of four",
            AGREEMENT),
        explored(
            "learns from acceptances of different ballots (§2.3)",
            "rules.Learner",
            "known == null || !known.ballot().equals(vote.ballot())",
            "known == null",
            THREE,
            STEP + "a ballot has one value (§2.2)"),
        explored(
            "learns from the first acceptance (§2.3)",
            "rules.Learner",
            "accept.isMetBy(acceptor -> next.hasVoted(acceptor, vote))",
            "next.hasVoted(accepted.from(), vote)",
            THREE,
            "learning"));
  }

  static List<Mutant> simulated() {
    return List.of(
        register(
            "writes again what may have been accepted (CASPaxos)",
            "rules.Accepting",
            "return !own || proposal.change().isRepeatable();",
            "return true;"),
        register(
            "reads without a second phase (CASPaxos)",
            "rules.Preparing",
            "var accepting = Accepting.begun(this, choice);",
            """
            if (!choice.own()) {
              return end(new Result.Chosen<>(ballot, choice.value(), false));
            }
            var accepting = Accepting.begun(this, choice);
            """),
        register(
            "acknowledges a write that a quorum refused to accept (CASPaxos)",
            "rules.Accepting",
            ": end(new Result.Unknown<>());",
            ": end(new Result.Chosen<>(ballot, value, own));"),
        register(
            "rejects a write that a quorum refused to accept (CASPaxos)",
            "rules.Accepting",
            ": end(new Result.Unknown<>());",
            ": end(new Result.NotProposed<>());"),
        register(
            "compares with nothing, whatever is there (CASPaxos)",
            "rules.RegisterChange",
            "return value.equals(expected)",
            "return true"),
        register(
            "answers before its disk has written (actor)",
            "actor.AcceptorBehavior",
            "gate.add(log.lastTicket(), effect);",
            "effect.run();"),
        register(
            "reads nothing of its log when it starts (actor)",
            "actor.AcceptorBehavior",
            "acceptors.recover(found.entries());",
            ""),
        acceptor(
            "takes a promise for all that there is to keep (actor)",
            "actor.Acceptors",
            "!(written instanceof Written.Promised) || of(key).vote().isEmpty()",
            "true"),
        acceptor(
            "keeps a vote, and not what was promised since (actor)",
            "rules.Acceptor",
            "new Acceptor<>(self, written.ballot(), Optional.of(kept.vote()))",
            "new Acceptor<>(self, kept.vote().ballot(), Optional.of(kept.vote()))"));
  }

  /** One that is found by looking at all states. */
  private static Mutant explored(
      String name, String rule, String original, String replacement, String setting, String meant) {
    return new Mutant(
        name, source(rule), original, replacement, meant, PaxosSearch.explored(setting), 1);
  }

  /** One that is found by simulating a register. */
  private static Mutant register(String name, String rule, String original, String replacement) {
    return new Mutant(
        name, source(rule), original, replacement, "linearizability", PaxosSearch.register(), 40);
  }

  /** One of an acceptor of registers. */
  private static Mutant acceptor(String name, String rule, String original, String replacement) {
    return new Mutant(
        name, source(rule), original, replacement, "promises are kept", PaxosSearch.register(), 40);
  }

  private static Source source(String rule) {
    return new Source("consensus-paxos", "dev.synod.paxos." + rule);
  }
}
