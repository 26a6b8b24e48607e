package dev.synod.testkit.mutant;

import static dev.synod.testkit.mutant.Conditions.BUSY;
import static dev.synod.testkit.mutant.Conditions.STORM;

import java.util.List;

/** Raft's rules, each broken in one line. Sources: Raft is Ongaro and Ousterhout 2014. */
final class RaftMutants {

  /** Most are found by the first seeds; the rarest took 62. */
  private static final int SEEDS_MAX = 150;

  private static final String PROMISES = "a rule keeps its own promises";
  private static final String RECOVERS = "a healed group recovers";

  private RaftMutants() {}

  static List<Mutant> all() {
    return List.of(
        rule(
            "votes for whoever asks, again and again (§5.2)",
            "TermState",
            "return votedFor.isEmpty() || votedFor.get().equals(candidate);",
            "return true;",
            STORM,
            PROMISES,
            "one vote an epoch, durable",
            "election safety"),
        rule(
            "counts silence as a vote (§5.2)",
            "Votes",
            "boolean areWon(Quorum quorum) {"
                + " return quorum.isMetBy(voter -> answers.getOrDefault(voter, false));",
            "boolean areWon(Quorum quorum) {"
                + " return quorum.isMetBy(voter -> answers.getOrDefault(voter, true));",
            STORM,
            "election safety",
            "leader completeness",
            PROMISES),
        core(
            "half of the members are a quorum",
            "Majority",
            "return members.size() / 2 + 1;",
            "return members.size() / 2;",
            STORM,
            "election safety",
            "leader completeness",
            PROMISES),
        core(
            "does not look at the log of who wants a vote (§5.4.1)",
            "LogPosition",
            "boolean isAtLeastAsUpToDateAs(LogPosition other) {",
            "boolean isAtLeastAsUpToDateAs(LogPosition other) { if (index >= 0) { return true; }",
            STORM,
            "leader completeness",
            "state machine safety",
            PROMISES),
        rule(
            "answers an append before it is durable (§5.3)",
            "Follower",
            "new Effect.WhenDurable( new Effect.Send( append.from(), new AppendAccepted(self(),"
                + " term(), Math.max(append.lastIndex(), commitIndex)))));",
            "new Effect.Send( append.from(), new AppendAccepted(self(), term(),"
                + " Math.max(append.lastIndex(), commitIndex))));",
            BUSY,
            "confirmed entries are durable",
            "leader completeness"),
        rule(
            "says that it has all of its log, whatever the leader asked (§5.3)",
            "Follower",
            "new AppendAccepted(self(), term(), Math.max(append.lastIndex(), commitIndex))",
            "new AppendAccepted(self(), term(),"
                + " Math.max(server.log().last().index(), commitIndex))",
            BUSY,
            "leader completeness",
            "state machine safety",
            PROMISES),
        rule(
            "commits what it does not share with the leader (Fig. 2, receiver 5)",
            "Follower",
            "Math.max(commitIndex, Math.min(append.commitIndex(), append.lastIndex()))",
            "Math.max(commitIndex, append.commitIndex())",
            BUSY,
            "commit index never regresses",
            "state machine safety",
            PROMISES),
        rule(
            "a heartbeat commits what the follower may not have (§5.3)",
            "Leader",
            "long safeCommit = Math.min(commitIndex, progress.match());",
            "long safeCommit = commitIndex;",
            STORM,
            PROMISES,
            "state machine safety"),
        rule(
            "reads before an entry of its own term is committed (§8)",
            "Leader",
            "if (!served.areDue() || commitIndex < termStart) {",
            "if (!served.areDue()) {",
            BUSY,
            "linearizable reads see what was acknowledged"),
        rule(
            "keeps what conflicts with the leader (Fig. 2, receiver 3)",
            "Matching",
            "effects.add(new Effect.TruncateFrom(entry.index()));",
            "",
            STORM,
            PROMISES,
            "log matching"),
        rule(
            "takes entries that do not follow its own (Fig. 2, receiver 2)",
            "Matching",
            "return previous.index() <= log.last().index()"
                + " && log.termAt(previous.index()).equals(previous.term());",
            "return previous.index() <= log.last().index();",
            STORM,
            "log matching",
            PROMISES),
        rule(
            "an old append removes what follows it (Fig. 2, receiver 4)",
            "Matching",
            "if (!missing && log.termAt(entry.index()).equals(entry.term())) { continue; }",
            "",
            STORM,
            PROMISES,
            "confirmed entries are durable"),
        rule(
            "installs a snapshot that is older than what it has (Fig. 13)",
            "Follower",
            "if (last.index() > commitIndex) {",
            "if (last.index() > 0) {",
            BUSY,
            "log matching",
            "commit index never regresses",
            "state machine safety",
            "confirmed entries are durable",
            PROMISES),
        shell(
            "does not save term and vote",
            "log.save(effect.state().encode());",
            "",
            STORM,
            "one vote an epoch, durable",
            "epoch monotonic and durable",
            PROMISES),
        shell(
            "forgets term and vote at a restart",
            "log.saved().map(TermState::decode).orElse(TermState.INITIAL)",
            "TermState.INITIAL",
            STORM,
            PROMISES,
            "epoch monotonic and durable",
            "one vote an epoch, durable"),
        shell(
            "does not wait for the disk",
            "gate.add(log.lastTicket(), effect.effect());",
            "effect.effect().perform(this);",
            BUSY,
            "confirmed entries are durable",
            "one vote an epoch, durable",
            "epoch monotonic and durable"),
        shell(
            "a deposed leader still answers for entries that may be replaced",
            "refusals.leaveOpen(feed.abandon(), text);",
            "",
            BUSY,
            "answers are those to what was asked",
            "nothing acknowledged is lost"),
        shell(
            "a deposed leader says rejected of what may yet be chosen",
            "refusals.leaveOpen(feed.abandon(), text);",
            "refusals.refuse(feed.abandon(), Reason.NO_LEADER, text);",
            BUSY,
            "rejected is not taken"),
        shell(
            "applies what is not committed (§5.3)",
            "log.append(effect.entries());",
            "log.append(effect.entries()); feed.committed(log.last().index());",
            BUSY,
            "state machine safety",
            "linearizable reads see what was acknowledged",
            "nothing acknowledged is lost",
            PROMISES),
        shell(
            "drops the log for a snapshot and does not restore the state (§7)",
            "log.compactTo(effect.lastIncluded()); feed.restore();",
            "log.compactTo(effect.lastIncluded());",
            BUSY,
            PROMISES,
            RECOVERS),
        replica(
            "applies a repeated request again (thesis §6.3)",
            "ReplicatedState",
            "if (verdict instanceof Verdict.Repeat<Outcome<Object>> repeat) {"
                + " return repeat.reply(); } else if",
            "if",
            BUSY,
            "exactly once"),
        replica(
            "forgets the replies it gave (thesis §6.3)",
            "ReplicatedState",
            "sessions.keep(command.session(), command.request(), outcome);",
            "",
            BUSY,
            "exactly once"),
        replica(
            "snapshots without the sessions (thesis §6.3)",
            "ReplicatedState",
            "sessions.restore(content.sessions());",
            "",
            BUSY,
            "rejected is not taken",
            "exactly once",
            "state machine safety"),
        replica(
            "a snapshot without its term (§7)",
            "ReplicatedState",
            "return new SnapshotContent<>(applied,",
            "return new SnapshotContent<>("
                + "new LogPosition(applied.index(), dev.synod.core.Term.ZERO),",
            BUSY,
            PROMISES,
            "log matching",
            "leader completeness",
            RECOVERS),
        replica(
            "applies every entry of a restored log again",
            "ReplicatedState",
            "applied = content.position();",
            "",
            BUSY,
            PROMISES,
            RECOVERS),
        log(
            "does not write down a truncation",
            "long location = put(RecordKind.TRUNCATED, index, 0, Bytes.EMPTY);"
                + " shared.segments().release(location, 0); state.index()",
            "state.index()",
            STORM,
            RECOVERS,
            "confirmed entries are durable"));
  }

  private static Mutant rule(
      String name, String type, String is, String becomes, Conditions under, String... meant) {
    return of(name, "consensus-raft", "dev.synod.raft.rules." + type, is, becomes, under, meant);
  }

  private static Mutant core(
      String name, String type, String is, String becomes, Conditions under, String... meant) {
    return of(name, "consensus-core", "dev.synod.core." + type, is, becomes, under, meant);
  }

  private static Mutant shell(
      String name, String is, String becomes, Conditions under, String... meant) {
    return of(name, "consensus-raft", "dev.synod.raft.actor.RaftShell", is, becomes, under, meant);
  }

  private static Mutant replica(
      String name, String type, String is, String becomes, Conditions under, String... meant) {
    return of(
        name, "consensus-actors", "dev.synod.actors.replica." + type, is, becomes, under, meant);
  }

  private static Mutant log(
      String name, String is, String becomes, Conditions under, String... meant) {
    return of(name, "consensus-log", "dev.synod.log.NodeGroupLog", is, becomes, under, meant);
  }

  private static Mutant of(
      String name,
      String module,
      String type,
      String is,
      String becomes,
      Conditions under,
      String... meant) {
    return new Mutant(
        name, new Source(module, type), is, becomes, List.of(meant), under, SEEDS_MAX);
  }
}
