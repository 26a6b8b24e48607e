package dev.synod.testkit.mutant;

import java.util.List;

/** Faults in how a group of Multi-Paxos changes its members (Lamport 2001, §3). */
final class SlotMemberMutants {

  private static final String QUORUM = "a quorum has voted for what is chosen";
  private static final String ALARM = "a replica fails for its disk only";

  private static final PaxosSearch MOVING = PaxosSearch.moving();
  private static final int SEEDS_MAX = 100;

  private SlotMemberMutants() {}

  static List<Mutant> all() {
    return List.of(
        fault(
            "governs one slot too early (§3)",
            "rules.multi.Regimes",
            "more.add(new Regime(slot + alpha,",
            "more.add(new Regime(slot + alpha - 1,",
            QUORUM),
        fault(
            "governs one slot too late (§3)",
            "rules.multi.Regimes",
            "more.add(new Regime(slot + alpha,",
            "more.add(new Regime(slot + alpha + 1,",
            QUORUM),
        fault(
            "proposes for slots of which it does not know the members (§3)",
            "rules.multi.Leading",
            "Math.min(window, state.regimes().decided() - (next() - 1))",
            "window",
            QUORUM,
            ALARM));
  }

  private static Mutant fault(
      String name, String className, String original, String replacement, String... meant) {
    var source = new Source("consensus-paxos", "dev.synod.paxos." + className);
    return new Mutant(name, source, original, replacement, List.of(meant), MOVING, SEEDS_MAX);
  }
}
