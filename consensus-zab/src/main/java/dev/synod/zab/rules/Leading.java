package dev.synod.zab.rules;

import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.ExtendedLog;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage.Ack;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.AckNewLeader;
import dev.synod.zab.protocol.ZabMessage.Behind;
import dev.synod.zab.protocol.ZabMessage.FollowerEpoch;
import dev.synod.zab.protocol.ZabMessage.Notification;
import dev.synod.zab.protocol.ZabMessage.Pong;
import dev.synod.zab.protocol.ZabMessage.RequestSync;
import dev.synod.zab.protocol.Zxid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one that was elected, from the beginning of discovery until it gives up its epoch (Zab §V-B,
 * leader). It counts itself like any other, once its own disk has answered.
 *
 * @param phase how far it has come
 * @param tenure what it leads, and from where
 * @param ownMatch up to where its own log is durable; -1 before its epoch is
 */
public record Leading(
    Server server,
    Epochs epochs,
    long commitIndex,
    long round,
    Phase phase,
    Tenure tenure,
    long ownMatch,
    Learners learners,
    Reads reads)
    implements Role {

  /** Checks after which a leader that has found no quorum of followers looks again. */
  static final int PATIENCE = 8;

  private static final long NONE = -1;

  /** Phase 1 begins: it waits for a quorum to introduce itself. */
  static Step elected(Looking before) {
    var server = before.server();
    var after =
        new Leading(
            server,
            before.epochs(),
            before.commitIndex(),
            before.round(),
            Phase.DISCOVERY,
            Tenure.of(before.epochs().current(), server.log().last()),
            NONE,
            Learners.of(server),
            Reads.NONE);
    var effects = new ArrayList<>(before.leaving());
    effects.add(Effect.Timer.START_LEADING);
    return Discovery.discovered(after).following(before, effects);
  }

  @Override
  public PeerState state() {
    return PeerState.LEADING;
  }

  @Override
  public Optional<StoreId> leader() {
    return Optional.of(self());
  }

  @Override
  public Vote vote() {
    return new Vote(self(), epochs.current(), server.log().last());
  }

  @Override
  public List<Effect> leaving() {
    return List.of(Effect.Timer.STOP_LEADING);
  }

  Step giveUp() {
    return Looking.starting(this);
  }

  /** Zero until a quorum has introduced itself. */
  Term epoch() {
    return tenure.epoch();
  }

  /** Where its initial history ends: that of its epoch, once a quorum has it. */
  LogPosition start() {
    return tenure.start();
  }

  boolean hasEpoch() {
    return !epoch().equals(Term.ZERO);
  }

  @Override
  public Step notification(Notification message) {
    return Discovery.notified(this, message);
  }

  @Override
  public Step followerEpoch(FollowerEpoch message) {
    return Discovery.introduced(this, message);
  }

  /** Phase 1, ACK-E; in phase 2 the same words ask for what comes next. */
  @Override
  public Step ackEpoch(AckEpoch message) {
    return message.epoch().equals(epoch()) && hasEpoch()
        ? Discovery.acknowledged(this, message)
        : stay();
  }

  /** Who observes is brought up to date once the leader knows what is committed. */
  Step synchronizing(Leading before, AckEpoch message) {
    var learner = learners.of(message.from());
    if (learner.isEmpty() || (!learner.get().proposed() && phase != Phase.BROADCAST)) {
      return Step.of(before, this);
    }
    var effects = new ArrayList<Effect>();
    var brought = Broadcast.synchronize(this, learner.get(), message, effects);
    return new Step(before, with(learners.with(brought)), effects);
  }

  /** Phase 2, ACK of NEWLEADER: with those of a quorum, the initial history is committed. */
  @Override
  public Step ackNewLeader(AckNewLeader message) {
    if (!message.epoch().equals(epoch()) || phase == Phase.DISCOVERY) {
      return stay();
    }
    checkKnown(message.from(), message.lastIndex());
    if (message.from().equals(self())) {
      return advanced(matching(message.lastIndex()));
    }
    long committed = Math.max(commitIndex, start().index());
    return learners
        .of(message.from())
        .map(learner -> learner.following(message.lastIndex(), committed))
        .map(learner -> advanced(with(learners.with(learner))))
        .orElseGet(this::stay);
  }

  /** Phase 3, ACK. */
  @Override
  public Step ack(Ack message) {
    if (!message.epoch().equals(epoch()) || phase == Phase.DISCOVERY) {
      return stay();
    }
    checkKnown(message.from(), message.lastIndex());
    if (message.from().equals(self())) {
      return advanced(matching(message.lastIndex()));
    }
    return learners
        .of(message.from())
        .filter(Learner::follows)
        .map(learner -> learner.acknowledged(message.lastIndex()))
        .map(learner -> advanced(with(learners.with(learner))))
        .orElseGet(this::stay);
  }

  private void checkKnown(StoreId from, long index) {
    Invariants.check(
        index <= server.log().last().index(),
        "nobody has more of an epoch than its leader (Zab §V-B): %s from %s, last %s",
        index,
        from,
        server.log().last());
  }

  /** Something was lost on its way: it is said again. */
  @Override
  public Step behind(Behind message) {
    if (!message.epoch().equals(epoch())) {
      return stay();
    }
    return learners
        .of(message.from())
        .filter(Learner::follows)
        .map(learner -> fed(with(learners.with(learner.resuming(message.lastIndex() + 1)))))
        .orElseGet(this::stay);
  }

  /**
   * What a quorum has is committed, all transactions before it first: those of the initial history
   * together, as soon as a quorum has taken it over (Zab §V-B, leader, phases 2 and 3).
   */
  private Step advanced(Leading marked) {
    long agreed =
        server
            .quorum()
            .agreedValue(
                store ->
                    store.equals(self())
                        ? marked.ownMatch
                        : marked.learners.of(store).map(Learner::match).orElse(NONE));
    var effects = new ArrayList<Effect>();
    var after = marked;
    if (agreed >= start().index()) {
      after = after.in(Phase.BROADCAST, epochs);
      if (agreed > commitIndex) {
        effects.add(new Effect.Commit(agreed));
        after = after.committing(agreed);
      }
    }
    if (after.isSpent()) {
      var looking = Looking.starting(after);
      return looking.following(this, effects);
    }
    var fed = Broadcast.feedAll(after, server.log(), effects);
    return Reconfiguration.goingOn(new Step(this, fed.served(effects), effects));
  }

  private Step fed(Leading changed) {
    var effects = new ArrayList<Effect>();
    return new Step(this, Broadcast.feedAll(changed, server.log(), effects), effects);
  }

  /** Whether this epoch has no number left, and everything in it is committed. */
  private boolean isSpent() {
    return phase == Phase.BROADCAST && room() == 0 && commitIndex == server.log().last().index();
  }

  /** How many transactions this epoch may still have. */
  public long room() {
    return server.limits().counterMax() - (server.log().last().index() - start().index());
  }

  /**
   * Only once a quorum has taken over its history, as long as its counter is not at its end, and
   * not while it hands over: what it took now could not be answered for.
   */
  public boolean takesProposals() {
    return phase == Phase.BROADCAST && room() > 0 && tenure.handover().isEmpty();
  }

  /** The zxid of a transaction of this epoch, or of the end of its initial history. */
  public Zxid zxidOf(long index) {
    return new Zxid(epoch().number(), index - start().index());
  }

  /**
   * Phase 3, leader: proposals in the order in which they came, to its own log and to everyone in
   * parallel; its own disk answers like a follower's.
   *
   * @param proposals not more than there is {@link #room} for
   */
  public Step propose(List<Proposal> proposals) {
    if (proposals.isEmpty()) {
      return stay();
    }
    Invariants.check(
        takesProposals() && proposals.size() <= room(),
        "only an established leader proposes, and no more than its counter can number: %s, %s",
        phase,
        proposals.size());
    var entries = new ArrayList<Entry>(proposals.size());
    long index = server.log().last().index();
    for (Proposal proposal : proposals) {
      entries.add(new Entry(++index, epoch(), proposal.kind(), proposal.payload()));
    }
    var effects = new ArrayList<Effect>(4);
    effects.add(new Effect.Append(entries));
    var known = knowing(server.after(effects));
    var fed = Broadcast.feedAll(known, new ExtendedLog(server.log(), entries), effects);
    effects.add(new Effect.WhenDurable(new Effect.Send(self(), new Ack(self(), epoch(), index))));
    return new Step(this, fed, effects);
  }

  /** The newest configuration in its log counts as soon as it is there. */
  private Leading knowing(Server known) {
    return known.equals(server) ? this : of(known, learners.among(known));
  }

  /** Says that it leads, and asks for what is missing. */
  public Step heartbeatDue() {
    if (!hasEpoch()) {
      return stay();
    }
    var effects = new ArrayList<Effect>();
    var beating = with(reads.beating()).with(learners.map(Learner::asked));
    Broadcast.ping(beating, effects);
    Broadcast.retry(beating, effects);
    return new Step(this, Broadcast.feedAll(beating, server.log(), effects), effects);
  }

  @Override
  public Step pong(Pong message) {
    var learner = learners.of(message.from());
    if (!message.epoch().equals(epoch()) || learner.isEmpty()) {
      return stay();
    }
    var effects = new ArrayList<Effect>();
    Discovery.invite(this, learner.get(), effects);
    var known = with(learners.with(learner.get().answering(message.round())));
    return new Step(this, known.served(effects), effects);
  }

  /**
   * Medeiros §3.1: a leader that has not heard a quorum for a while looks for another, and so does
   * one whose epoch a quorum does not accept.
   */
  public Step quorumCheckDue() {
    boolean isHeard =
        server
            .quorum()
            .isMetBy(store -> store.equals(self()) || learners.has(store, Learner::heard));
    boolean isStuck = phase == Phase.DISCOVERY && tenure.checks() >= PATIENCE;
    if (isStuck || (!isHeard && tenure.checks() > 0) || isSpent()) {
      return giveUp();
    }
    return Step.of(this, with(learners.map(Learner::silent)).with(tenure.checked()));
  }

  /** A read, to be confirmed by {@link Effect.ConfirmRead}. */
  public Step read(long number) {
    var effects = new ArrayList<Effect>();
    return new Step(
        this, with(reads.with(new Reads.Asked(self(), number))).served(effects), effects);
  }

  /** The reads of another server of the group. */
  @Override
  public Step requestSync(RequestSync message) {
    if (!message.epoch().equals(epoch()) || learners.of(message.from()).isEmpty()) {
      return stay();
    }
    var effects = new ArrayList<Effect>();
    var asked = new Reads.Asked(message.from(), message.read());
    return new Step(this, with(reads.withThatOf(asked)).served(effects), effects);
  }

  private Leading served(List<Effect> effects) {
    return Reads.served(this, effects);
  }

  /** The newest round of pings that a quorum has answered; the leader itself answers at once. */
  long agreedRound() {
    return server
        .quorum()
        .agreedValue(
            store ->
                store.equals(self())
                    ? Long.MAX_VALUE
                    : learners.of(store).map(Learner::round).orElse(0L));
  }

  /** The snapshot is there, or is not: its receiver says how to go on. */
  public Step snapshotEnded(StoreId to) {
    return learners
        .of(to)
        .map(learner -> Step.of(this, with(learners.with(learner.installing(false)))))
        .orElseGet(this::stay);
  }

  @Override
  public Leading with(ZabLimits limits) {
    return of(server.with(limits), learners);
  }

  private Leading of(Server changed, Learners known) {
    return new Leading(changed, epochs, commitIndex, round, phase, tenure, ownMatch, known, reads);
  }

  Leading in(Phase next, Epochs known) {
    return new Leading(server, known, commitIndex, round, next, tenure, ownMatch, learners, reads);
  }

  Leading with(Tenure changed) {
    return new Leading(
        server, epochs, commitIndex, round, phase, changed, ownMatch, learners, reads);
  }

  private Leading committing(long index) {
    return new Leading(server, epochs, index, round, phase, tenure, ownMatch, learners, reads);
  }

  private Leading matching(long index) {
    long own = Math.max(ownMatch, index);
    return new Leading(server, epochs, commitIndex, round, phase, tenure, own, learners, reads);
  }

  Leading with(Learners changed) {
    return of(server, changed);
  }

  Leading with(Reads changed) {
    return new Leading(
        server, epochs, commitIndex, round, phase, tenure, ownMatch, learners, changed);
  }
}
