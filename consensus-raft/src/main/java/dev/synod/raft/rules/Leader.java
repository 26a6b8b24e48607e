package dev.synod.raft.rules;

import dev.synod.core.Bytes;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.InvariantViolation;
import dev.synod.core.Invariants;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import dev.synod.log.ExtendedLog;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.protocol.RaftMessage.RequestReadIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * §5.3: takes proposals, replicates, commits, confirms reads.
 *
 * @param ownMatch highest index durable here: the leader counts itself like any other server, and
 *     no sooner
 * @param termStart index of the entry with which this leadership began (§8)
 * @param handover whether leadership is on its way to another server (thesis §3.10)
 */
public record Leader(
    Server server,
    TermState state,
    long commitIndex,
    long ownMatch,
    long termStart,
    Followers followers,
    Reads reads,
    Handover handover)
    implements Role {

  /** Checks of the quorum that an unasked successor gets: as long as an election would take. */
  private static final int PATIENCE = 3;

  /** Fig. 2, leaders: upon election; the first entry is a no-op of the new term (§8). */
  static Step elected(Candidate before) {
    var server = before.server();
    long first = server.log().last().index() + 1;
    var followers = Followers.atElection(server.others(), first);
    var after =
        new Leader(
            server,
            before.state(),
            before.commitIndex(),
            0,
            first,
            followers,
            Reads.NONE,
            Handover.NONE);
    var step = after.propose(List.of(new Proposal(EntryKind.NO_OP, Bytes.EMPTY)));
    return step.following(before, Effect.Timer.STOP_ELECTION, Effect.Timer.START_LEADING);
  }

  @Override
  public Optional<StoreId> leader() {
    return Optional.of(self());
  }

  /** It hears itself, as long as it hears a quorum ({@link #quorumCheckDue}). */
  @Override
  public boolean hearsLeader() {
    return true;
  }

  @Override
  public Effect[] leaving(Effect... then) {
    var effects = new Effect[then.length + 2];
    effects[0] = Effect.Timer.STOP_LEADING;
    effects[1] = Effect.Timer.RESTART_ELECTION;
    System.arraycopy(then, 0, effects, 2, then.length);
    return effects;
  }

  /**
   * §5.3: appends to its own log and issues AppendEntries in parallel; its own disk answers like a
   * follower's.
   */
  public Step propose(List<Proposal> proposals) {
    if (proposals.isEmpty()) {
      return stay();
    }
    Invariants.check(
        takesProposals(), "a leader that hands over appends nothing (thesis §3.10): %s", handover);
    var entries = new ArrayList<Entry>(proposals.size());
    long index = server.log().last().index();
    for (Proposal proposal : proposals) {
      entries.add(new Entry(++index, term(), proposal.kind(), proposal.payload()));
    }
    var effects = new ArrayList<Effect>(4);
    effects.add(new Effect.Append(entries));
    var known = knowing(server.after(effects));
    var extended =
        Replication.feedAll(
            known, known.server.with(new ExtendedLog(server.log(), entries)), effects);
    effects.add(
        new Effect.WhenDurable(new Effect.Send(self(), new AppendAccepted(self(), term(), index))));
    return new Step(this, known.with(extended), effects);
  }

  /** §6: a server uses the newest configuration in its log as soon as it is there. */
  private Leader knowing(Server known) {
    if (known.equals(server)) {
      return this;
    }
    var members = followers.of(known.others(), server.log().last().index() + 1);
    return new Leader(known, state, commitIndex, ownMatch, termStart, members, reads, handover);
  }

  /** Why that change of membership can't begin now; empty if it can. */
  public Optional<Objection> objectionTo(ChangeRequest request) {
    return Reconfiguration.objection(this, request);
  }

  /** §6: begins a change to which there is no objection; it goes on by itself. */
  public Step change(ChangeRequest request) {
    return propose(List.of(Reconfiguration.begin(server.configuration(), request)));
  }

  /**
   * §6: goes on with a change under way, once its last configuration is committed and those who are
   * to vote have caught up; a leader that is not a voter any more hands over. While leadership is
   * handed over, that goes on instead.
   */
  private Step goingOn(Step step) {
    if (!(step.after() instanceof Leader leader)) {
      return step;
    }
    if (!leader.takesProposals()) {
      return leader.handover.isTold() ? step : Handover.telling(leader, step);
    }
    var next = Reconfiguration.next(leader);
    if (next.isPresent()) {
      return leader.propose(List.of(next.get())).following(this, step.effects());
    }
    boolean isOut =
        !leader.server.isVoter() && leader.server.memberships().isCommitted(leader.commitIndex);
    return isOut ? leader.transfer(PATIENCE).following(this, step.effects()) : step;
  }

  /**
   * Fig. 2, leaders: if successful, update nextIndex and matchIndex; then see what is committed.
   */
  @Override
  public Step appendAccepted(AppendAccepted reply) {
    if (!reply.term().equals(term())) {
      return stay();
    }
    Invariants.check(
        reply.matchIndex() <= server.log().last().index(),
        "no follower matches beyond the leader's log (§5.3): %s, last %s",
        reply,
        server.log().last());
    if (reply.from().equals(self())) {
      return advanced(at(commitIndex, Math.max(ownMatch, reply.matchIndex())));
    }
    return followers
        .of(reply.from())
        .map(
            progress ->
                advanced(with(followers.with(Replication.accepted(server, progress, reply)))))
        .orElseGet(this::stay);
  }

  /**
   * Fig. 2, leaders: if AppendEntries fails because of log inconsistency: decrement nextIndex and
   * retry.
   */
  @Override
  public Step appendRejected(AppendRejected reply) {
    var progress = followers.of(reply.from());
    if (!reply.term().equals(term()) || progress.isEmpty()) {
      return stay();
    }
    return fed(followers.with(Replication.rejected(server, progress.get(), reply)));
  }

  /**
   * Fig. 2, leaders: if there exists an N > commitIndex, a majority of matchIndex[i] ≥ N, and
   * log[N].term == currentTerm: set commitIndex = N. Entries of older terms are never counted: they
   * commit with it (§5.4.2).
   */
  private Step advanced(Leader marked) {
    long agreed =
        server
            .quorum()
            .agreedValue(
                store -> store.equals(self()) ? marked.ownMatch : marked.followers.matchOf(store));
    boolean commits = agreed > commitIndex && server.log().termAt(agreed).equals(term());
    var effects = new ArrayList<Effect>(4);
    if (commits) {
      effects.add(new Effect.Commit(agreed));
    }
    var committed = commits ? marked.at(agreed, marked.ownMatch) : marked;
    var fed = committed.with(Replication.feedAll(committed, server, effects));
    return goingOn(new Step(this, fed.reads.served(fed, effects), effects));
  }

  private Step fed(Followers changed) {
    var effects = new ArrayList<Effect>(2);
    var next = with(changed);
    return new Step(this, next.with(Replication.feedAll(next, server, effects)), effects);
  }

  /**
   * Fig. 2, leaders: repeat during idle periods to prevent election timeouts; also finds what got
   * lost on the way.
   */
  public Step heartbeatDue() {
    var effects = new ArrayList<Effect>();
    var beating = with(reads.beating());
    Replication.beat(beating, beating.reads.round(), effects);
    var retried =
        beating.with(followers.map(progress -> Replication.retried(this, progress, effects)));
    var fed = retried.with(Replication.feedAll(retried, server, effects));
    return Handover.telling(fed, new Step(this, fed, effects));
  }

  @Override
  public Step heartbeatReply(HeartbeatReply reply) {
    var progress = followers.of(reply.from());
    if (!reply.term().equals(term()) || progress.isEmpty()) {
      return stay();
    }
    var effects = new ArrayList<Effect>();
    var heard = with(followers.with(progress.get().answered(reply.round(), reply.priority())));
    return new Step(this, heard.reads.served(heard, effects), effects);
  }

  /** §8: a read, to be confirmed by {@link Effect.ConfirmRead}. */
  public Step read(long number) {
    var effects = new ArrayList<Effect>();
    var asked = new Reads.Asked(self(), number);
    return new Step(this, reads.with(asked).served(this, effects), effects);
  }

  /**
   * Thesis §6.4.1: as {@link #read}, but confirmed at once if the lease runs.
   *
   * @param since the oldest round whose heartbeats went out less than a lease ago, by this server's
   *     clock as it stands now; {@link Long#MAX_VALUE} if there is none
   */
  public Step readByLease(long number, long since) {
    return Reads.leaseRuns(this, since)
        ? stay(new Effect.ConfirmRead(number, commitIndex))
        : read(number);
  }

  /** Thesis §6.4: a follower's reads; who is not of the group is not answered. */
  @Override
  public Step requestReadIndex(RequestReadIndex request) {
    if (!request.term().equals(term()) || followers.of(request.from()).isEmpty()) {
      return stay();
    }
    var effects = new ArrayList<Effect>();
    var asked = new Reads.Asked(request.from(), request.read());
    return new Step(this, reads.withThatOf(asked).served(this, effects), effects);
  }

  /**
   * Thesis §6.2: a leader that has not heard a quorum for an election timeout steps down, so
   * clients can look elsewhere. A transfer of leadership that has had its time is given up.
   */
  public Step quorumCheckDue() {
    boolean heardByQuorum =
        server
            .quorum()
            .isMetBy(
                store ->
                    store.equals(self()) || followers.of(store).map(Progress::heard).orElse(false));
    var checked = handover.checked();
    boolean leadsOn = server.isVoter() || takesProposals() || !checked.underWay().isEmpty();
    if (!heardByQuorum || !leadsOn) {
      return Step.of(this, follower(), leaving());
    }
    var preferred = Handover.preferred(this);
    var handing = checked.calm(preferred.isPresent());
    var next = with(followers.map(Progress::unheard)).with(handing);
    return preferred.isPresent() && handing.calmChecks() >= server.priority().calmChecksNeeded()
        ? next.with(server.with(server.priority().entrusting()))
            .transfer(preferred.get(), PATIENCE)
            .following(this, List.of())
        : Step.of(this, next);
  }

  /** Not while it hands over: what it took now could not be answered for. */
  public boolean takesProposals() {
    return handover.underWay().isEmpty();
  }

  /** Who should lead next, if nobody says who; empty if nobody can. */
  public Optional<StoreId> bestSuccessor() {
    return handover.successor().or(() -> Handover.best(this));
  }

  /** Why leadership can't be handed to that server now; empty if it can. */
  public Optional<Objection> objectionToTransfer(StoreId to) {
    return Handover.objection(this, to);
  }

  /**
   * Thesis §3.10: begins to hand over to a server to which there is no objection.
   *
   * @param checks of the quorum after which this leader leads on if that one has not taken over
   */
  public Step transfer(StoreId to, int checks) {
    var handing = with(handover.begin(to, checks));
    return Handover.telling(handing, Step.of(this, handing));
  }

  /** As {@link #transfer(StoreId, int)}, to whoever is best; nothing if there is nobody. */
  public Step transfer(int checks) {
    return bestSuccessor()
        .map(to -> transfer(to, checks))
        .orElseGet(() -> server.isVoter() ? stay() : Step.of(this, follower(), leaving()));
  }

  /** The follower has the snapshot: go on after it. */
  public Step snapshotDelivered(StoreId to, long lastIncluded) {
    return followers
        .of(to)
        .filter(progress -> progress.mode() == Progress.Mode.SNAPSHOT)
        .map(progress -> fed(followers.with(progress.heardFrom().probingFrom(lastIncluded + 1))))
        .orElseGet(this::stay);
  }

  /** The follower did not get the snapshot: try again at the next heartbeat. */
  public Step snapshotNotDelivered(StoreId to) {
    return followers
        .of(to)
        .filter(progress -> progress.mode() == Progress.Mode.SNAPSHOT)
        .map(
            progress ->
                Step.of(
                    this, with(followers.with(progress.probingFrom(progress.next()).stalled()))))
        .orElseGet(this::stay);
  }

  @Override
  public Step appendEntries(AppendEntries append) {
    return onlyOlder(append, refuse(append));
  }

  @Override
  public Step heartbeat(Heartbeat heartbeat) {
    return onlyOlder(heartbeat, refuse(heartbeat));
  }

  @Override
  public Step installSnapshot(InstallSnapshot snapshot) {
    return onlyOlder(snapshot, refuse(snapshot));
  }

  private Step onlyOlder(RaftMessage message, Step refusal) {
    if (message.term().equals(term())) {
      throw new InvariantViolation(
          "at most one leader in a term (§5.2): " + self() + " hears " + message);
    }
    return refusal;
  }

  /** The same server without the leadership. */
  Follower follower() {
    return Follower.atStart(server, state, commitIndex);
  }

  @Override
  public Leader with(Server changed) {
    return new Leader(changed, state, commitIndex, ownMatch, termStart, followers, reads, handover);
  }

  private Leader at(long commit, long match) {
    return new Leader(server, state, commit, match, termStart, followers, reads, handover);
  }

  private Leader with(Followers changed) {
    return new Leader(server, state, commitIndex, ownMatch, termStart, changed, reads, handover);
  }

  Leader with(Reads changed) {
    return new Leader(
        server, state, commitIndex, ownMatch, termStart, followers, changed, handover);
  }

  Leader with(Handover changed) {
    return new Leader(server, state, commitIndex, ownMatch, termStart, followers, reads, changed);
  }
}
