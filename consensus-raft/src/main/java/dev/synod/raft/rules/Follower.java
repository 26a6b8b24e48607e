package dev.synod.raft.rules;

import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.protocol.RaftMessage.ReadIndexReply;
import dev.synod.raft.protocol.RaftMessage.RemovalNotice;
import dev.synod.raft.protocol.RaftMessage.RequestReadIndex;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** §5.1: passive; answers leaders and candidates, and stands for election when it hears neither. */
public record Follower(
    Server server, TermState state, long commitIndex, Optional<StoreId> leader, boolean hearsLeader)
    implements Role {

  /**
   * §5.2: when servers start up, they begin as followers. What was compacted was committed (§7).
   */
  public static Follower atStart(Server server, TermState state, long commitIndex) {
    long known = Math.max(commitIndex, server.log().base().index());
    return new Follower(server, state, known, Optional.empty(), false);
  }

  /**
   * As {@link #atStart}, after a restart: it may have answered a leader just before, so it goes on
   * as if it heard one until the minimum election timeout has passed (thesis §6.4.1).
   */
  static Follower restarted(Server server, TermState state, long commitIndex) {
    var follower = atStart(server, state, commitIndex);
    boolean mayHavePromised = !state.equals(TermState.INITIAL);
    return new Follower(server, state, follower.commitIndex, Optional.empty(), mayHavePromised);
  }

  @Override
  public Follower with(Server changed) {
    return new Follower(changed, state, commitIndex, leader, hearsLeader);
  }

  /** §5.2: it hears nothing, so it asks whether an election could be won (thesis §9.6). */
  @Override
  public Step electionTimeout() {
    if (isWitness() || !server.standsByItself(commitIndex)) {
      return stay(Effect.Timer.RESTART_ELECTION);
    }
    return PreCandidate.standing(this);
  }

  @Override
  public boolean hasPromised() {
    return hearsLeader;
  }

  /**
   * Thesis §6.4: reads that the leader is to confirm, as {@link Effect.ConfirmRead} tells. The
   * request may get lost on its way, so it is to be repeated.
   */
  public Step read(long number) {
    return leader
        .map(to -> stay(new Effect.Send(to, new RequestReadIndex(self(), term(), number))))
        .orElseGet(this::stay);
  }

  /** Thesis §6.4: whoever led when it confirmed them, they were asked before. */
  @Override
  public Step readIndexReply(ReadIndexReply reply) {
    return stay(new Effect.ConfirmRead(reply.read(), reply.index()));
  }

  @Override
  public Step leaderSilent() {
    return Step.of(this, new Follower(server, state, commitIndex, leader, false));
  }

  /**
   * Fig. 2: grants if it has not voted for another in this term and the candidate's log is
   * up-to-date (§5.4.1).
   */
  @Override
  public Step requestVote(RequestVote request) {
    boolean granted =
        request.term().equals(term())
            && !isDeafTo(request)
            && state.mayVoteFor(request.from())
            && request.lastLog().isAtLeastAsUpToDateAs(server.log().last());
    var reply =
        new Effect.WhenDurable(
            new Effect.Send(request.from(), new VoteReply(self(), term(), granted)));
    if (!granted) {
      return stay(reply);
    }
    if (state.votedFor().isPresent()) {
      return stay(reply, Effect.Timer.RESTART_ELECTION);
    }
    var voted = state.votingFor(request.from());
    var after = new Follower(server, voted, commitIndex, leader, hearsLeader);
    return Step.of(this, after, new Effect.Save(voted), reply, Effect.Timer.RESTART_ELECTION);
  }

  /** Fig. 2, AppendEntries RPC, receiver, 1 to 5. */
  @Override
  public Step appendEntries(AppendEntries append) {
    if (term().isAfter(append.term())) {
      return refuse(append);
    }
    if (!Matching.holds(server.log(), append.previous())) {
      return reject(append);
    }
    var after = witnessing(append.entries());
    var effects = hearing(after);
    effects.addAll(Matching.adopting(server.log(), append.entries(), commitIndex));
    long newCommit = Math.max(commitIndex, Math.min(append.commitIndex(), append.lastIndex()));
    effects.add(
        new Effect.WhenDurable(
            new Effect.Send(
                append.from(),
                new AppendAccepted(self(), term(), Math.max(append.lastIndex(), commitIndex)))));
    return heard(append.from(), after, newCommit, effects);
  }

  /** Who takes entries without their payloads can't be anything but a witness any more. */
  private TermState witnessing(List<Entry> entries) {
    return entries.stream().anyMatch(entry -> entry.kind() == EntryKind.WITNESSED)
        ? state.witnessing()
        : state;
  }

  /** Fig. 2, receiver, 2; with the place from which the leader may go on. */
  private Step reject(AppendEntries append) {
    Invariants.check(
        append.previous().index() > commitIndex,
        "a leader's log holds all that is committed (§5.4): no %s here, committed up to %s",
        append.previous(),
        commitIndex);
    var before = new LogPosition(append.previous().index() - 1, append.previous().term());
    var hint = Matching.lastPossibleMatch(server.log(), before);
    var effects = hearing(state);
    effects.add(
        new Effect.Send(
            append.from(), new AppendRejected(self(), term(), append.previous().index(), hint)));
    return heard(append.from(), state, commitIndex, effects);
  }

  /**
   * §5.2: a leader that is heard stays leader. Its commit index counts only as far as we are known
   * to match.
   */
  @Override
  public Step heartbeat(Heartbeat heartbeat) {
    if (term().isAfter(heartbeat.term())) {
      return refuse(heartbeat);
    }
    Invariants.check(
        heartbeat.commitIndex() <= server.log().last().index(),
        "what was acknowledged is still there (§5.3): %s matched, but the log ends at %s",
        heartbeat.commitIndex(),
        server.log().last());
    var effects = hearing(state);
    if (heartbeat.wantsAnswer()) {
      effects.add(answer(heartbeat));
    }
    return heard(heartbeat.from(), state, Math.max(commitIndex, heartbeat.commitIndex()), effects);
  }

  /**
   * Fig. 13: a snapshot behind what is committed here is old; any other replaces the log up to its
   * place.
   */
  @Override
  public Step installSnapshot(InstallSnapshot snapshot) {
    if (term().isAfter(snapshot.term())) {
      return refuse(snapshot);
    }
    var last = snapshot.lastIncluded();
    boolean isNewer = last.index() > commitIndex;
    var kept = isNewer && snapshot.stateless() ? state.witnessing() : state;
    var effects = hearing(kept);
    if (isNewer) {
      effects.add(new Effect.Install(last, snapshot.configuration()));
    }
    long match = Math.max(last.index(), commitIndex);
    effects.add(
        new Effect.WhenDurable(
            new Effect.Send(snapshot.from(), new AppendAccepted(self(), term(), match))));
    var after =
        new Follower(server.after(effects), kept, match, Optional.of(snapshot.from()), true);
    return new Step(this, after, effects);
  }

  @Override
  public Step removalNotice(RemovalNotice notice) {
    var told = server.removedBy(notice.version());
    return told.isRemoved()
        ? Step.of(this, new Follower(told, state, commitIndex, leader, hearsLeader))
        : stay();
  }

  /** Thesis §3.10: the leader hands over, so there is nobody to ask first. */
  @Override
  public Step timeoutNow(TimeoutNow request) {
    return request.term().equals(term()) && server.mayStand(commitIndex) && !isWitness()
        ? Candidate.standing(this, true)
        : stay();
  }

  private List<Effect> hearing(TermState after) {
    var effects = new ArrayList<Effect>(6);
    if (!after.equals(state)) {
      effects.add(new Effect.Save(after));
    }
    effects.add(Effect.Timer.RESTART_ELECTION);
    effects.add(Effect.Timer.RESTART_STICKINESS);
    return effects;
  }

  private Step heard(StoreId from, TermState kept, long newCommit, List<Effect> effects) {
    Invariants.check(
        leader.isEmpty() || leader.get().equals(from),
        "at most one leader in a term (§5.2): %s and %s",
        leader,
        from);
    if (newCommit > commitIndex) {
      effects.add(new Effect.Commit(newCommit));
    }
    var known = server.after(effects);
    boolean same =
        hearsLeader
            && leader.isPresent()
            && newCommit == commitIndex
            && known.equals(server)
            && kept.equals(state);
    var after = same ? this : new Follower(known, kept, newCommit, Optional.of(from), true);
    return new Step(this, after, effects);
  }
}
