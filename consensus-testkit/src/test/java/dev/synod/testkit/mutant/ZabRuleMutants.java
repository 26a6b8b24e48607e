package dev.synod.testkit.mutant;

import java.util.List;

/** ZAB's rules, broken one at a time. */
final class ZabRuleMutants {

  private static final String STEP = "invariant";
  private static final String INTEGRITY = "integrity";
  private static final String AGREEMENT = "agreement";
  private static final String PRIMARY = "primary integrity";
  private static final String DURABLE = "transactions are durable before they are acknowledged";
  private static final String READ = "reads see what was delivered";
  private static final String KEPT = "a log is asked for what it has";
  private static final String GOES_ON = "a healed group goes on";
  private static final String ALL = "a healed group delivers all";
  private static final String REST = "a healed group comes to rest";

  private static final ZabSearch THREE = ZabSearch.chaos(3, 0);
  private static final ZabSearch OBSERVED = ZabSearch.chaos(3, 2);

  /** Epochs of nine transactions. */
  private static final ZabSearch SHORT = ZabSearch.chaos(3, 0, 9);

  private static final int SEEDS_MAX = 100;

  private ZabRuleMutants() {}

  /** Phase 0 (Medeiros §4.1). */
  static List<Mutant> election() {
    return List.of(
        fault(
            "votes for the highest id, whatever that one has",
            "Looking",
            "Comparator.comparing(Vote::epoch).thenComparing(Vote::last)"
                + ".thenComparing(Vote::leader)",
            "Comparator.comparing(Vote::leader)",
            THREE,
            GOES_ON,
            REST,
            ALL),
        fault(
            "never looks again without a quorum (§3.1)",
            "Leading",
            "if (isStuck || (!isHeard && tenure.checks() > 0) || isSpent()) {",
            "if (isSpent()) {",
            THREE,
            GOES_ON,
            ALL));
  }

  /** Phase 1 (Zab §V-B): who counts. */
  static List<Mutant> discovery() {
    return List.of(
        fault(
            "asks nobody whether he has more (ACK-E)",
            "Tenure",
            "return compared > 0 || (compared == 0 && other.last().compareTo(start) > 0);",
            "return compared > 1;",
            THREE,
            PRIMARY,
            INTEGRITY,
            AGREEMENT,
            STEP));
  }

  /** Phase 1 (Zab §V-B): what is accepted. */
  static List<Mutant> epochs() {
    return List.of(
        fault(
            "tells its epoch before its disk has accepted it (NEWEPOCH)",
            "Discovery",
            "effects.add(new Effect.WhenDurable(newEpoch(after, learner.store())));",
            "effects.add(newEpoch(after, learner.store()));",
            THREE,
            STEP),
        fault(
            "does not write the epoch that it accepts (ACK-E)",
            "Joined",
            "new Effect.Save(accepting), Effect.Timer.HEARD_LEADER, after.position(last)",
            "Effect.Timer.HEARD_LEADER, after.position(last)",
            THREE,
            STEP));
  }

  /** Phase 2 (Zab §V-B): what is taken over. */
  static List<Mutant> synchronization() {
    return List.of(
        fault(
            "does not write the epoch that it takes over (NEWLEADER)",
            "Joined",
            "new Effect.Save(over), Effect.Timer.HEARD_LEADER, ack",
            "Effect.Timer.HEARD_LEADER, ack",
            THREE,
            STEP),
        fault(
            "says where its history ends before that is durable (ACK-E)",
            "Joined",
            "return new Effect.WhenDurable(new Effect.Send(tie().leader(), ack));",
            "return new Effect.Send(tie().leader(), ack);",
            THREE,
            STEP,
            "an epoch is durable before it is accepted"),
        fault(
            "keeps what its leader does not have (TRUNC)",
            "Joined",
            "effects.add(new Effect.TruncateFrom(kept.index() + 1));",
            "",
            THREE,
            GOES_ON,
            ALL,
            REST));
  }

  /** Phase 2 (Medeiros §4.3): TRUNC, SNAP and what is late. */
  static List<Mutant> recovery() {
    return List.of(
        fault(
            "truncates nobody (TRUNC)",
            "Broadcast",
            "if (!Histories.holds(log, last)) {",
            "if (last.index() < 0) {",
            THREE,
            GOES_ON,
            ALL,
            REST,
            STEP,
            KEPT),
        fault(
            "sends what it has compacted away (SNAP)",
            "Broadcast",
            "last.index() < log.base().index() || log.base().term().isAfter(last.term())",
            "last.index() < 0",
            THREE,
            KEPT,
            STEP,
            GOES_ON,
            ALL,
            REST),
        fault(
            "takes any snapshot, an old one too (SNAP)",
            "Joined",
            "if (place.index() <= commitIndex()) {",
            "if (place.index() < 0) {",
            THREE,
            STEP));
  }

  /** Phase 3 (Zab §V-B): what is proposed and committed. */
  static List<Mutant> broadcast() {
    return List.of(
        fault(
            "commits what was sent, not what was acknowledged",
            "Leading",
            "marked.learners.of(store).map(Learner::match).orElse(NONE)",
            "marked.learners.of(store).map(learner -> learner.next() - 1).orElse(NONE)",
            THREE,
            INTEGRITY),
        fault(
            "counts itself before its disk has answered",
            "Leading",
            "? marked.ownMatch",
            "? server.log().last().index()",
            THREE,
            INTEGRITY),
        fault(
            "proposes more than an epoch can number (§V-A)",
            "Leading",
            "return phase == Phase.BROADCAST && room() > 0 && tenure.handover().isEmpty();",
            "return phase == Phase.BROADCAST && tenure.handover().isEmpty();",
            SHORT,
            STEP));
  }

  /** Phase 3 (Zab §V-B): what is acknowledged. */
  static List<Mutant> acknowledgements() {
    return List.of(
        fault(
            "keeps an epoch that has no number left (§V-A)",
            "Leading",
            "return phase == Phase.BROADCAST && room() == 0"
                + " && commitIndex == server.log().last().index();",
            "return false;",
            SHORT,
            GOES_ON),
        fault(
            "acknowledges before fsync (ACK)",
            "Joined",
            "effects.add(new Effect.WhenDurable(new Effect.Send(from, ack)));",
            "effects.add(new Effect.Send(from, ack));",
            THREE,
            DURABLE));
  }

  /** Phase 3 (Zab §V-B): what is delivered. */
  static List<Mutant> deliveries() {
    return List.of(
        fault(
            "delivers beyond what it has (COMMIT)",
            "Joined",
            "return committed(Math.min(committed, server().log().last().index()), knowing,"
                + " effects);",
            "return committed(committed, knowing, effects);",
            THREE,
            KEPT),
        fault(
            "tells observers what is only proposed (INFORM)",
            "Broadcast",
            "long end = learner.proposed() ? log.last().index() : leader.commitIndex();",
            "long end = log.last().index();",
            OBSERVED,
            INTEGRITY));
  }

  /** ZooKeeper's sync, and then a read. */
  static List<Mutant> reads() {
    return List.of(
        fault(
            "answers sync without asking a quorum",
            "Reads",
            "return !confirming.isEmpty() && agreedRound >= awaited;",
            "return !confirming.isEmpty();",
            THREE,
            READ),
        fault(
            "answers sync before a quorum has its history",
            "Reads",
            "if (leader.phase() != Phase.BROADCAST || !served.reads().areDue()) {",
            "if (!served.reads().areDue()) {",
            THREE,
            READ));
  }

  private static Mutant fault(
      String name,
      String className,
      String original,
      String replacement,
      ZabSearch search,
      String... meant) {
    var source = new Source("consensus-zab", "dev.synod.zab.rules." + className);
    return new Mutant(name, source, original, replacement, List.of(meant), search, SEEDS_MAX);
  }
}
