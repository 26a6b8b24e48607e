package dev.synod.testkit.mutant;

import java.util.List;

/** What runs Multi-Paxos's rules, broken one at a time, and rules where a group must notice. */
final class SlotShellMutants {

  private static final String KEPT = "promises are kept";
  private static final String ACCEPTED = "what is accepted is durable";
  private static final String STAYS = "what is chosen stays chosen";
  private static final String QUORUM = "a quorum has voted for what is chosen";
  private static final String LOST = "what a log loses is written down first";
  private static final String ONE_VALUE = "one value a ballot";
  private static final String BOUNDS = "queues are bounded";
  private static final String ALARM = "a replica fails for its disk only";
  private static final String STATE = "state machine safety";
  private static final String RECOVERS = "a healed group recovers";

  private static final PaxosSearch STORM = PaxosSearch.group(3, "STORM", 100, "");
  private static final PaxosSearch SIZES = PaxosSearch.group(5, 4, 2, "STORM", 100, "");
  private static final PaxosSearch BUSY = PaxosSearch.group(3, "STORM", 20, "");

  /** So little may wait anywhere that every bound is met. */
  private static final PaxosSearch NARROW =
      PaxosSearch.group(
          3,
          "STORM",
          10,
          """
          synod.paxos.multi {
            gated-effects-max = 4
            proposals-pending-max = 4
            reads-pending-max = 2
            entries-ahead-max = 4
            entries-per-apply-max = 2
            entries-per-message-max = 1
            window-max = 4
            accept-ahead-max = 8
          }
          """);

  /** A snapshot every few slots, and almost nothing kept of the log before it. */
  private static final PaxosSearch SNAP =
      PaxosSearch.group(
          3,
          "STORM",
          20,
          "synod.paxos.multi { snapshot-after-entries = 20, snapshot-tail-entries = 2 }");

  /** A log is read in small parts. */
  private static final PaxosSearch PARTS =
      PaxosSearch.group(3, "STORM", 100, "synod.paxos.multi.recovery-records-max = 4");

  /** Entries of the log hold a command or two. */
  private static final PaxosSearch SHORT_RECORDS =
      PaxosSearch.group(
          3, "STORM", 5, "synod { command-bytes-max = 64, log.entry-bytes-max = 1200 }");

  private static final int SEEDS_MAX = 20;

  private SlotShellMutants() {}

  static List<Mutant> disks() {
    return List.of(
        fault(
            "says what it promises and accepts before its disk has it (§2.5)",
            "actor.multi.SlotAcceptorBehavior",
            "gate.add(log.lastTicket(), effect.effect());",
            "effect.effect().perform(this);",
            STORM,
            KEPT,
            ACCEPTED),
        fault(
            "forgets its promise at a restart (§2.5)",
            "actor.multi.SlotLog",
            "return kept.promised();",
            "return Ballot.ZERO;",
            STORM,
            KEPT),
        fault(
            "forgets its votes at a restart (§2.5)",
            "actor.multi.SlotLog",
            "note(SlotFormat.decode(written.payload()), written.index());",
            "SlotFormat.decode(written.payload());",
            STORM,
            STAYS,
            LOST),
        fault(
            "finds the oldest vote of a slot",
            "actor.multi.SlotIndex",
            "places[at] = place; ballots[at] = ballot;",
            "if (places[at] == 0) { places[at] = place; ballots[at] = ballot; }",
            STORM,
            STAYS,
            ALARM,
            STATE),
        fault(
            "writes down that more is chosen than is (§2.3)",
            "actor.multi.SlotLog",
            "append(log.last().term(), Ballot.ZERO, last, entries);",
            "append(log.last().term(), Ballot.ZERO, last + 1, entries);",
            STORM,
            QUORUM,
            ACCEPTED));
  }

  static List<Mutant> readers() {
    return List.of(
        fault(
            "listens however far its disk is behind",
            "actor.multi.SlotAcceptorBehavior",
            "if (gate.isFull() || log.isBusy() ||",
            "if (log.isBusy() ||",
            NARROW,
            BOUNDS),
        fault(
            "promises, and hides its votes (phase 1b)",
            "actor.multi.SlotReader",
            "votes.add(new SlotVote(slots.ballotAt(entry.index()), entry));",
            "",
            BUSY,
            STAYS),
        fault(
            "tells a part of its votes as if that were all (phase 1b)",
            "actor.multi.SlotReader",
            "last >= slots.last() ? Long.MAX_VALUE : last",
            "Long.MAX_VALUE",
            NARROW,
            STAYS),
        fault(
            "reads only the first part of its log at a restart",
            "actor.multi.SlotAcceptorBehavior",
            "return readFrom(read.upTo() + 1);",
            "return ready();",
            PARTS,
            STAYS,
            LOST),
        fault(
            "reads its log from after its last record on",
            "actor.multi.SlotAcceptorBehavior",
            ".orElseGet(() -> readFrom(log.base().index() + 1));",
            ".orElseGet(() -> readFrom(log.last().index() + 1));",
            STORM,
            STAYS,
            LOST));
  }

  static List<Mutant> compactions() {
    return List.of(
        fault(
            "drops records whose slots still count",
            "actor.multi.SlotLog",
            "Math.min(index.lowestPlace() - 1, log.last().index())",
            "log.last().index()",
            SNAP,
            LOST,
            STAYS,
            ALARM,
            RECOVERS),
        fault(
            "loses slots before it has written down which",
            "actor.multi.SlotLog",
            "if (place > log.base().index()) { keep(kept.compactedTo(index.base()));",
            "if (place > log.base().index()) {",
            SNAP,
            LOST),
        fault(
            "writes down which slots it loses after it has lost them",
            "actor.multi.SlotLog",
            "keep(kept.compactedTo(index.base()));"
                + " log.compactTo(new LogPosition(place, log.termAt(place)));",
            "log.compactTo(new LogPosition(place, log.termAt(place)));"
                + " keep(kept.compactedTo(index.base()));",
            SNAP,
            LOST),
        fault(
            "forgets which slots are lost when it promises",
            "actor.multi.SlotFormat",
            "return new Kept(ballot, compacted);",
            "return new Kept(ballot, 0);",
            SNAP,
            LOST),
        fault(
            "loses the tail of what does not fit into a record",
            "actor.multi.SlotLog",
            "for (int i = 1; i <= entries.size(); i++) { bytes +=",
            "for (int i = 1; i <= entries.size() && from == 0; i++) { bytes +=",
            SHORT_RECORDS,
            ACCEPTED,
            ALARM));
  }

  static List<Mutant> others() {
    return List.of(
        fault(
            "takes proposals however many are under way",
            "actor.multi.SlotProposerBehavior",
            "if (!parts.hasRoomFor(propose.proposals().size())) {",
            "if (!parts.hasRoomFor(0)) {",
            NARROW,
            BOUNDS),
        fault(
            "takes reads however many are under way",
            "actor.multi.ProposerReads",
            "} else if (!clients.hasRoomFor(ask)) {",
            "} else if (ask.questions().isEmpty()) {",
            NARROW,
            BOUNDS),
        fault(
            "forgets slots that its snapshot does not cover",
            "actor.multi.SlotLearnerBehavior",
            "compact(taken.position().index() - settings.snapshotTailEntries());",
            "compact(taken.position().index() + settings.snapshotTailEntries());",
            SNAP,
            ALARM,
            ACCEPTED),
        fault(
            "does not go on from a snapshot that it received",
            "actor.multi.SlotLearnerBehavior",
            "long slot = restored.position().index(); learner = learner.installed(slot);",
            "long slot = restored.position().index();",
            SNAP,
            RECOVERS),
        fault(
            "skips a slot after a snapshot",
            "actor.multi.SlotLearnerBehavior",
            "restored(slot); feed.committed(learner.chosen());",
            "restored(slot + 1); feed.committed(learner.chosen());",
            SNAP,
            ALARM),
        fault(
            "tells the waiting client whatever was chosen in its slot (termOf)",
            "actor.multi.SlotProposerBehavior",
            "new Inside.Await(first, leading.term(), waiting)",
            "new Inside.Await(first, new dev.synod.core.Term(1), waiting)",
            STORM,
            RECOVERS));
  }

  /** What the rules' own tests would notice, too. */
  static List<Mutant> rules() {
    return List.of(
        fault(
            "leads with the promises of a quorum of phase 2 (sizes(4, 2))",
            "rules.multi.Preparing",
            "return state.quorums().prepare().isMetBy(",
            "return state.quorums().accept().isMetBy(",
            SIZES,
            STAYS,
            STATE),
        fault(
            "counts slots before a quorum has them (§2.3)",
            "rules.multi.Flight",
            "return quorum.isMetBy(accepted::contains);",
            "return !accepted.isEmpty();",
            STORM,
            QUORUM),
        fault(
            "takes any vote for what was chosen, in a group (§2.3)",
            "rules.multi.SlotLearner",
            "votes.ballotAt(reached + 1).equals(ballot)",
            "!votes.ballotAt(reached + 1).equals(Ballot.ZERO)",
            STORM,
            STATE),
        fault(
            "proposes something else when it says it again (§2.2)",
            "rules.multi.Leading",
            "new Accept(state.self(), ballot, flight.entries(), pipeline.counted())",
            "new Accept(state.self(), ballot, flight.accepted().isEmpty() ? flight.entries() :"
                + " flight.entries().stream().map(one -> new Entry(one.index(), one.term(),"
                + " EntryKind.NO_OP, dev.synod.core.Bytes.EMPTY)).toList(), pipeline.counted())",
            BUSY,
            ONE_VALUE));
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
