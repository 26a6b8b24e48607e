package dev.synod.testkit.mutant;

import java.util.List;

/** Raft's rules, broken one at a time. */
final class RuleMutants {

  private static final String ELECTIONS = "election safety";
  private static final String ELECTED = "leaders are elected by a quorum";
  private static final String COMMITTED = "what is committed is durable";
  private static final String VOTES = "one vote an epoch, durable";
  private static final String COMPLETENESS = "leader completeness";
  private static final String MATCHING = "log matching";
  private static final String STATE = "state machine safety";
  private static final String COMMIT = "commit index never regresses";
  private static final String READS = "linearizable reads see what was acknowledged";
  private static final String ALARM = "a replica fails for its disk only";

  private RuleMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "votes twice in a term",
            rules("TermState"),
            "return votedFor.isEmpty() || votedFor.get().equals(candidate);",
            "return true;",
            VOTES,
            Conditions.STORM,
            100),
        new Mutant(
            "votes without a look at the candidate's log (§5.4.1)",
            new Source("consensus-core", "dev.synod.core.LogPosition"),
            "return UP_TO_DATE.compare(this, other) >= 0;",
            "return true;",
            COMPLETENESS,
            Conditions.STORM,
            100),
        new Mutant(
            "compares logs by their length alone (§5.4.1)",
            new Source("consensus-core", "dev.synod.core.LogPosition"),
            "return UP_TO_DATE.compare(this, other) >= 0;",
            "return index >= other.index;",
            COMPLETENESS,
            Conditions.LONGER_LOG,
            20),
        new Mutant(
            "keeps a log that does not go on from its snapshot (§7)",
            rules("Recovery"),
            "return Matching.holds(log, snapshot);",
            "return true;",
            List.of(ALARM, MATCHING, STATE),
            Conditions.INTERRUPTED_INSTALL,
            20),
        new Mutant(
            "counts a refusal as a vote",
            rules("Candidate"),
            "votes.with(reply.from(), reply.granted())",
            "votes.with(reply.from(), true)",
            ELECTIONS,
            Conditions.STORM,
            100),
        new Mutant(
            "counts silence as a vote",
            rules("Votes"),
            "boolean areWon(Quorum quorum) {"
                + " return quorum.isMetBy(voter -> answers.getOrDefault(voter, false));",
            "boolean areWon(Quorum quorum) {"
                + " return quorum.isMetBy(voter -> answers.getOrDefault(voter, true));",
            List.of(ELECTED, ELECTIONS),
            Conditions.STORM,
            100),
        new Mutant(
            "installs a snapshot that is older than what it has (Fig. 13)",
            rules("Follower"),
            "boolean isNewer = last.index() > commitIndex;",
            "boolean isNewer = last.index() > 0;",
            List.of("compaction is covered by a snapshot", COMMIT, STATE, MATCHING, ALARM),
            Conditions.SNAPSHOTS,
            100),
        new Mutant(
            "half is a majority: of votes",
            new Source("consensus-core", "dev.synod.core.Majority"),
            "return members.size() / 2 + 1;",
            "return members.size() / 2;",
            List.of(ELECTED, ELECTIONS),
            Conditions.STORM,
            100),
        new Mutant(
            "half is a majority: of what is durable",
            new Source("consensus-core", "dev.synod.core.Majority"),
            "return values[(count - 1) / 2];",
            "return values[count / 2 + 1];",
            List.of(COMMITTED, COMPLETENESS),
            Conditions.STORM,
            100),
        new Mutant(
            "commits entries of an older term by count (§5.4.2)",
            rules("Leader"),
            "agreed > commitIndex && server.log().termAt(agreed).equals(term());",
            "agreed > commitIndex;",
            COMPLETENESS,
            Conditions.FIGURE_8,
            300),
        new Mutant(
            "counts what it sent as what matches",
            rules("Followers"),
            "return of(store).map(Progress::match).orElse(0L);",
            "return of(store).map(progress -> progress.next() - 1).orElse(0L);",
            List.of(COMMITTED, COMPLETENESS),
            Conditions.STORM,
            100),
        new Mutant(
            "counts itself before its entries are durable",
            rules("Leader"),
            "effects.add( new Effect.WhenDurable(new Effect.Send(self(), new AppendAccepted(self(),"
                + " term(), index))));",
            "effects.add(new Effect.Send(self(), new AppendAccepted(self(), term(), index)));",
            "what is committed is durable",
            Conditions.STORM,
            100),
        new Mutant(
            "answers an append before it is durable",
            rules("Follower"),
            """
            new Effect.WhenDurable(
            new Effect.Send(
                append.from(),
                new AppendAccepted(self(), term(), Math.max(append.lastIndex(), commitIndex)))));
            """,
            """
            new Effect.Send(
                append.from(),
                new AppendAccepted(self(), term(), Math.max(append.lastIndex(), commitIndex))));
            """,
            "confirmed entries are durable",
            Conditions.STORM,
            100),
        new Mutant(
            "answers for the end of its log instead of the end of the append",
            rules("Follower"),
            "new AppendAccepted(self(), term(), Math.max(append.lastIndex(), commitIndex))",
            "new AppendAccepted(self(), term(), server.log().last().index())",
            List.of("confirmed entries are durable", COMPLETENESS, ALARM),
            Conditions.STORM,
            100),
        new Mutant(
            "accepts entries after a gap or a conflict (§5.3)",
            rules("Matching"),
            "&& log.termAt(previous.index()).equals(previous.term());",
            ";",
            List.of(MATCHING),
            Conditions.FIGURE_8,
            100),
        new Mutant(
            "forgets to truncate at a conflict",
            rules("Matching"),
            "effects.add(new Effect.TruncateFrom(entry.index()));",
            "return effects;",
            List.of(STATE, COMPLETENESS, MATCHING, "confirmed entries are durable"),
            Conditions.STORM,
            100),
        new Mutant(
            "a leader takes back the last of its own entries",
            rules("Leader"),
            "effects.add(new Effect.Append(entries));",
            """
            if (server.log().last().index() > Math.max(termStart, commitIndex)) {
              effects.add(new Effect.TruncateFrom(server.log().last().index()));
            }
            effects.add(new Effect.Append(entries));
            """,
            List.of("leader append-only"),
            Conditions.STORM,
            100),
        new Mutant(
            "truncates even where nothing conflicts",
            rules("Matching"),
            "if (!missing && log.termAt(entry.index()).equals(entry.term()))",
            "if (false)",
            List.of(COMPLETENESS, "confirmed entries are durable", ALARM),
            Conditions.STORM,
            100),
        new Mutant(
            "takes the leader's commit index for entries it does not have",
            rules("Follower"),
            "Math.max(commitIndex, Math.min(append.commitIndex(), append.lastIndex()));",
            "Math.max(commitIndex, append.commitIndex());",
            COMMIT,
            Conditions.DUEL,
            100),
        new Mutant(
            "commits up to the end of its log",
            rules("Follower"),
            "Math.max(commitIndex, Math.min(append.commitIndex(), append.lastIndex()));",
            "Math.max(commitIndex, Math.min(append.commitIndex(), server.log().last().index()));",
            List.of(COMMIT, STATE),
            Conditions.DUEL,
            300),
        new Mutant(
            "tells in heartbeats a commit index beyond what matches",
            rules("Replication"),
            "long safeCommit = Math.min(leader.commitIndex(), progress.match());",
            "long safeCommit = leader.commitIndex();",
            List.of(STATE, ALARM),
            Conditions.DUEL,
            100),
        new Mutant(
            "reads without the quorum's word (§8)",
            rules("Reads"),
            "store.equals(leader.self()) ? Long.MAX_VALUE",
            "true ? Long.MAX_VALUE",
            READS,
            Conditions.LONELY_LEADER,
            100),
        new Mutant(
            "reads before an entry of its own term is committed (§8)",
            rules("Reads"),
            "if (!served.areDue() || leader.commitIndex() < leader.termStart()) {",
            "if (!served.areDue()) {",
            READS,
            Conditions.STORM,
            300),
        new Mutant(
            "begins a term without a no-op, and reads at once (§8)",
            rules("Leader"),
            "var step = after.propose(List.of(new Proposal(EntryKind.NO_OP, Bytes.EMPTY)));",
            """
            after =
                new Leader(
                    server,
                    before.state(),
                    before.commitIndex(),
                    0,
                    0,
                    followers,
                    Reads.NONE,
                    Handover.NONE);
            var step = after.propose(List.of());
            """,
            READS,
            Conditions.STORM,
            300),
        new Mutant(
            "takes what a leader of an older term says",
            rules("Follower"),
            "public Step appendEntries(AppendEntries append) { if (term().isAfter(append.term()))"
                + " {",
            "public Step appendEntries(AppendEntries append) { if (false) {",
            List.of(ALARM, MATCHING, STATE),
            Conditions.DUEL,
            100));
  }

  private static Source rules(String name) {
    return new Source("consensus-raft", "dev.synod.raft.rules." + name);
  }
}
