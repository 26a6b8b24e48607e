package dev.synod.testkit.mutant;

import java.util.List;

/** The actors that run the rules' effects, and what they own, broken one at a time. */
final class ShellMutants {

  private static final String STATE = "state machine safety";
  private static final String BOUNDS = "queues are bounded";
  private static final String ALARM = "a replica fails for its disk only";
  private static final String LEFT_OPEN =
      "leaveOpen(feed.abandon(), \"the leader stepped down before it was known to be committed\");";

  private ShellMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "does not save term and vote",
            raft("RaftShell"),
            "log.save(effect.state().encode());",
            "",
            List.of("one vote an epoch, durable", "epoch monotonic and durable"),
            Conditions.STORM,
            100),
        new Mutant(
            "forgets term and vote at a restart",
            raft("RaftShell"),
            "log.saved().map(TermState::decode).orElse(TermState.INITIAL)",
            "TermState.INITIAL",
            List.of("epoch monotonic and durable", ALARM),
            Conditions.STORM,
            100),
        new Mutant(
            "takes a snapshot's place and not its state",
            raft("RaftShell"),
            "log.compactTo(effect.lastIncluded()); feed.restore();",
            "log.compactTo(effect.lastIncluded());",
            List.of(ALARM, STATE),
            Conditions.BUSY,
            100),
        new Mutant(
            "waits for no disk: neither votes nor answers are gated",
            raft("RaftShell"),
            "if (gate.isEmpty() && log.durableTicket() >= log.lastTicket()) {",
            "if (true) {",
            List.of(
                "confirmed entries are durable",
                "one vote an epoch, durable",
                "epoch monotonic and durable"),
            Conditions.STORM,
            100),
        new Mutant(
            "waits for the write before the last one only",
            raft("RaftShell"),
            "gate.add(log.lastTicket(), effect.effect());",
            "gate.add(log.lastTicket() - 1, effect.effect());",
            List.of(
                "confirmed entries are durable",
                "one vote an epoch, durable",
                "epoch monotonic and durable"),
            Conditions.DUEL,
            100),
        new Mutant(
            "releases all that waits as soon as anything is durable",
            new Source("consensus-actors", "dev.synod.actors.replica.DurableGate"),
            "while (!waiting.isEmpty() && waiting.peek().ticket <= durableTicket) {",
            "while (!waiting.isEmpty()) {",
            List.of(
                "confirmed entries are durable",
                "one vote an epoch, durable",
                "epoch monotonic and durable"),
            Conditions.STORM,
            100),
        new Mutant(
            "a deposed leader still tells its clients ok",
            shared("Refusals"),
            LEFT_OPEN,
            "",
            List.of("nothing acknowledged is lost", "answers are those to what was asked"),
            Conditions.STORM,
            300),
        new Mutant(
            "calls rejected what may still be committed",
            shared("Refusals"),
            LEFT_OPEN,
            "refuse(feed.abandon(), Reason.NO_LEADER, \"the leader stepped down\");",
            List.of("rejected is not taken", "exactly once"),
            Conditions.STORM,
            300),
        new Mutant(
            "applies before it is committed",
            feed(),
            "long to = Math.min(committed, fed + entriesPerApplyMax);",
            "long to = log.lastIndexWithin(from, entriesPerApplyMax, Long.MAX_VALUE);",
            "only what is committed is applied",
            Conditions.DUEL,
            100),
        new Mutant(
            "applies a request again",
            state(),
            """
            if (verdict instanceof Verdict.Repeat<Outcome<Object>> repeat) {
              return repeat.reply();
            } else if
            """,
            "if",
            "exactly once",
            Conditions.STORM,
            100),
        new Mutant(
            "keeps no replies",
            state(),
            "sessions.keep(command.session(), command.request(), outcome);",
            "",
            "exactly once",
            Conditions.STORM,
            100),
        new Mutant(
            "applies requests of closed sessions",
            state(),
            """
            } else if (verdict instanceof Verdict.Expired) {
            """,
            "} else if (verdict instanceof Verdict.Expired && false) {",
            List.of("exactly once", STATE, ALARM),
            Conditions.SHORT_SESSIONS,
            300),
        new Mutant(
            "leaves sessions out of snapshots",
            state(),
            "return new SnapshotContent<>(applied, configuration, sessions.snapshot(),",
            "return new SnapshotContent<>(applied, configuration, List.of(),",
            List.of(STATE, "snapshot equals replay"),
            Conditions.STORM,
            100),
        new Mutant(
            "leaves the replies out of snapshots",
            new Source("consensus-core", "dev.synod.core.SessionTable"),
            "one.replies().forEach(session::put);",
            "",
            List.of("exactly once", STATE, "snapshot equals replay"),
            Conditions.STORM,
            300),
        new Mutant(
            "restores the state but not its place",
            state(),
            "applied = content.position(); changes.restore(",
            "changes.restore(",
            List.of(ALARM, STATE),
            Conditions.STORM,
            100),
        new Mutant(
            "goes by a replica's own clock to end sessions",
            state(),
            "case NO_OP -> done(entry);",
            """
            case NO_OP -> {
              if (System.identityHashCode(this) % 2 == 0) {
                sessions.ids().forEach(sessions::close);
              }
              yield done(entry);
            }
            """,
            STATE,
            Conditions.STORM,
            100),
        new Mutant(
            "writes snapshots without their term",
            new Source("consensus-actors", "dev.synod.actors.replica.SnapshotBody"),
            "out.putLong(content.position().term().number());",
            "out.putLong(0);",
            List.of("log matching", "leader completeness", ALARM),
            Conditions.STORM,
            100),
        new Mutant(
            "compacts beyond its snapshot",
            new Source("consensus-actors", "dev.synod.actors.replica.SnapshotPolicy"),
            "Math.min(position.index() - tailWithin(position.index(), log), log.last().index());",
            "Math.min(position.index() + tailEntries, log.last().index());",
            List.of("compaction is covered by a snapshot"),
            Conditions.STORM,
            100),
        new Mutant(
            "compacts when a snapshot is begun, not when it is durable",
            raft("RoleBehavior"),
            "shell.applier.tell(ApplierMessage.TakeSnapshot.INSTANCE);",
            """
            shell.applier.tell(ApplierMessage.TakeSnapshot.INSTANCE);
            shell.snapshots.taken(
                new dev.synod.core.LogPosition(
                    shell.feed.applied(), shell.log.termAt(shell.feed.applied())), shell.log);
            """,
            List.of("compaction is covered by a snapshot"),
            Conditions.STORM,
            100),
        new Mutant(
            "installs a snapshot and forgets what its log says otherwise",
            raft("RaftShell"),
            "log.compactTo(effect.lastIncluded());",
            "",
            List.of(
                "confirmed entries are durable",
                "log matching",
                "leader completeness",
                STATE,
                ALARM),
            Conditions.STORM,
            100),
        new Mutant(
            "appends, and stands, however far its disk is behind",
            raft("RaftShell"),
            "return gate.isFull() || log.isBusy();",
            "return log.isBusy();",
            BOUNDS,
            Conditions.SMALL_GATE,
            100),
        new Mutant(
            "listens to its peers however far its disk is behind",
            raft("RaftShell"),
            "if (gate.isFull()) {",
            "if (gate.size() > 1 << 20) {",
            BOUNDS,
            Conditions.SMALL_GATE,
            100),
        new Mutant(
            "takes proposals however many are under way",
            raft("LeaderBehavior"),
            "if (pending + propose.proposals().size() > shell.settings().proposalsPendingMax()",
            "if (pending > shell.settings().proposalsPendingMax()",
            BOUNDS,
            Conditions.NARROW,
            100),
        new Mutant(
            "takes reads however many are under way",
            new Source("consensus-actors", "dev.synod.actors.replica.ClientQueue"),
            "return readsPending + ask.questions().size() <= readsMax;",
            "return true;",
            BOUNDS,
            Conditions.NARROW,
            100),
        new Mutant(
            "hands entries to a state machine that is far behind",
            feed(),
            "while (restores == 0 && !fetching && fed < committed && fed - applied <"
                + " entriesAheadMax) {",
            "while (restores == 0 && !fetching && fed < committed) {",
            BOUNDS,
            Conditions.NARROW,
            100));
  }

  private static Source raft(String name) {
    return new Source("consensus-raft", "dev.synod.raft.actor." + name);
  }

  private static Source feed() {
    return shared("ApplyFeed");
  }

  private static Source shared(String name) {
    return new Source("consensus-actors", "dev.synod.actors.replica." + name);
  }

  private static Source state() {
    return new Source("consensus-actors", "dev.synod.actors.replica.ReplicatedState");
  }
}
