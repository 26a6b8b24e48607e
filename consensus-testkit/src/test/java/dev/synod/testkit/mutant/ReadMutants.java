package dev.synod.testkit.mutant;

import java.util.List;

/** What decides how fresh a read is, and who leads next, broken one at a time. */
final class ReadMutants {

  private static final String READS = "linearizable reads see what was acknowledged";
  private static final String BOUNDED = "bounded reads lag no more than they may";
  private static final String ALARM = "a replica fails for its disk only";
  private static final String SESSIONS = "the guarantees of sessions";
  private static final String LINEARIZABLE = "the history is linearizable";

  private ReadMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "a follower answers before it has applied the read index (thesis §6.4)",
            actor("ReadsAtHand"),
            "applier.tell(new ApplierMessage.Answer(asked.client(), asked.question(), index));",
            "applier.tell(new ApplierMessage.Answer(asked.client(), asked.question(), 0));",
            List.of(READS, BOUNDED, SESSIONS),
            Conditions.STORM,
            100),
        new Mutant(
            "tells a follower the read index without the quorum's word (thesis §6.4)",
            rules("Leader"),
            "return new Step(this, reads.withThatOf(asked).served(this, effects), effects);",
            """
            effects.add(
                new Effect.Send(
                    asked.by(),
                    new RaftMessage.ReadIndexReply(self(), term(), asked.number(), commitIndex)));
            return new Step(this, this, effects);
            """,
            List.of(READS, LINEARIZABLE),
            Conditions.LONELY_PAIR,
            100),
        new Mutant(
            "tells a follower the read index before an entry of its own term is committed (§8)",
            rules("Leader"),
            "return new Step(this, reads.withThatOf(asked).served(this, effects), effects);",
            """
            effects.add(
                new Effect.Send(
                    asked.by(),
                    new RaftMessage.ReadIndexReply(self(), term(), asked.number(), commitIndex)));
            return commitIndex < termStart
                ? new Step(this, this, effects)
                : new Step(
                    this, reads.withThatOf(asked).served(this, new ArrayList<>()), List.of());
            """,
            List.of(READS, LINEARIZABLE, BOUNDED),
            Conditions.STORM,
            300),
        new Mutant(
            "has a lease without end (thesis §6.4.1)",
            replica("Lease"),
            "if (now - sentAt[at] >= nanos) {",
            "if (false) {",
            List.of(READS, LINEARIZABLE),
            Conditions.DRIFTING_LEADER,
            100),
        new Mutant(
            "has a lease as long as if no clock ever drifted",
            replica("Lease"),
            "return Duration.ofNanos((long) (promised.toNanos() * (1 - driftMax) / (1 +"
                + " driftMax)));",
            "return promised;",
            List.of(READS, LINEARIZABLE),
            Conditions.DRIFTING_LEADER,
            100),
        new Mutant(
            "keeps its lease while it hands over (thesis §3.10)",
            rules("Reads"),
            "return !leader.handover().wasTold() &&",
            "return",
            List.of(READS, LINEARIZABLE),
            Conditions.HANDOVER,
            100),
        new Mutant(
            "takes proposals while it hands over (thesis §3.10)",
            actor("LeaderBehavior"),
            "if (!leader().takesProposals()) { refuse(proposed,",
            "if (false) { refuse(proposed,",
            ALARM,
            Conditions.BUSY,
            100),
        new Mutant(
            "asks for a bounded read once, and never again",
            replica("Freshness"),
            "return isKnown && now - asOf < read.lag().toNanos();",
            "return isKnown;",
            BOUNDED,
            Conditions.STORM,
            100));
  }

  private static Source rules(String name) {
    return new Source("consensus-raft", "dev.synod.raft.rules." + name);
  }

  private static Source replica(String name) {
    return new Source("consensus-actors", "dev.synod.actors.replica." + name);
  }

  private static Source actor(String name) {
    return new Source("consensus-raft", "dev.synod.raft.actor." + name);
  }
}
