package dev.synod.testkit.mutant;

import dev.synod.testkit.mutant.SlotSeedRun.Course;
import java.util.List;

/** What lets a group of Multi-Paxos read, and leases, broken one at a time. */
final class SlotLeaseMutants {

  private static final String READS = "linearizable reads see what was acknowledged";
  private static final String DIFFERS = "a replica that differs is noticed";

  private static final PaxosSearch DRIFTING_LEADER = PaxosSearch.group(Course.DRIFTING_LEADER);
  private static final PaxosSearch TURNED_VOTER = PaxosSearch.group(Course.TURNED_VOTER);
  private static final PaxosSearch BUSY = PaxosSearch.group(3, "STORM", 20, "");
  private static final PaxosSearch DIFFERING = PaxosSearch.diverged();
  private static final int SEEDS_MAX = 20;

  private SlotLeaseMutants() {}

  static List<Mutant> leases() {
    return List.of(
        fault(
            "promises to another while a lease runs (lease)",
            "rules.multi.SlotAcceptor",
            "return new SlotAcceptor(self, ballot, chosen, true, votes, aheadMax);",
            "return new SlotAcceptor(self, ballot, chosen, false, votes, aheadMax);",
            TURNED_VOTER,
            READS),
        fault(
            "forgets at a restart that a lease may run (lease)",
            "rules.multi.SlotAcceptor",
            "return new SlotAcceptor(self, promised, chosen, true, votes, aheadMax);",
            "return new SlotAcceptor(self, promised, chosen, false, votes, aheadMax);",
            TURNED_VOTER,
            READS),
        fault(
            "has a lease without end (lease)",
            "actor.multi.ProposerReads",
            "long since = lease.recentSince(leading.term(), now);",
            "long since = 1;",
            DRIFTING_LEADER,
            READS),
        fault(
            "counts clocks as if none drifted (lease)",
            "MultiPaxosSettings",
            "return Lease.length(electionTimeoutMin, clockDriftMax);",
            "return electionTimeoutMin;",
            DRIFTING_LEADER,
            READS),
        fault(
            "reads by lease though one acceptor alone has answered of late (lease)",
            "rules.multi.Leading",
            "return state.quorums().accept().agreedValue(contacts::roundOf) >= since",
            "return state.quorums().members().stream().anyMatch(one -> contacts.roundOf(one) >="
                + " since)",
            DRIFTING_LEADER,
            READS));
  }

  static List<Mutant> reads() {
    return List.of(
        fault(
            "answers reads before all is applied that they must see",
            "actor.multi.ProposerReads",
            "confirmed.reads().forEach(asked -> answer(asked, effect.slot()));",
            "confirmed.reads().forEach(asked -> answer(asked, 0));",
            BUSY,
            READS),
        fault(
            "never compares states",
            "actor.multi.SlotProposerBehavior",
            "if (proposer instanceof Leading && parts.consistency.isDue(parts.reads.applied())) {",
            "if (parts.settings().proposalsPendingMax() < 0) {",
            DIFFERING,
            DIFFERS),
        fault(
            "does not look at what others say of their states",
            "actor.multi.SlotProposerBehavior",
            "parts.consistency.answered(answer, setup.founded().configuration());",
            "",
            DIFFERING,
            DIFFERS));
  }

  private static Mutant fault(
      String name,
      String className,
      String original,
      String replacement,
      PaxosSearch search,
      String... meant) {
    var source = new Source("consensus-paxos", "dev.synod.paxos." + className);
    return new Mutant(name, source, original, replacement, List.of(meant), search, SEEDS_MAX);
  }
}
