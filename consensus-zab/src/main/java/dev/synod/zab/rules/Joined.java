package dev.synod.zab.rules;

import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.AckNewLeader;
import dev.synod.zab.protocol.ZabMessage.Behind;
import dev.synod.zab.protocol.ZabMessage.Commit;
import dev.synod.zab.protocol.ZabMessage.Inform;
import dev.synod.zab.protocol.ZabMessage.InstallSnapshot;
import dev.synod.zab.protocol.ZabMessage.NewEpoch;
import dev.synod.zab.protocol.ZabMessage.NewLeader;
import dev.synod.zab.protocol.ZabMessage.Notification;
import dev.synod.zab.protocol.ZabMessage.Ping;
import dev.synod.zab.protocol.ZabMessage.Propose;
import dev.synod.zab.protocol.ZabMessage.RemovalNotice;
import dev.synod.zab.protocol.ZabMessage.Successor;
import dev.synod.zab.protocol.ZabMessage.SyncReply;
import dev.synod.zab.protocol.ZabMessage.Truncate;
import dev.synod.zab.protocol.ZabMessage.UpToDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whoever has a leader: what {@link Following} and {@link Observing} have in common, which is all
 * that they do (Medeiros §3.1, followers' side of phases 1 to 3): who votes is the leader's to
 * count.
 */
public sealed interface Joined extends Role permits Following, Observing {

  Tie tie();

  /** The same role of the same server, which knows more. */
  Joined with(Server server, Epochs epochs, long commitIndex, Tie tie);

  /** One that votes follows, the others observe: by the newest configuration in the log. */
  static Joined of(Server server, Epochs epochs, long commitIndex, long round, Tie tie) {
    return server.isVoter(server.self())
        ? new Following(server, epochs, commitIndex, round, tie)
        : new Observing(server, epochs, commitIndex, round, tie);
  }

  /** Phase 1 begins: it tells the elected one which epoch it has accepted. */
  static Step joining(Looking before, StoreId leader) {
    var server = before.server();
    var after = of(server, before.epochs(), before.commitIndex(), before.round(), Tie.to(leader));
    var effects = new ArrayList<>(before.leaving());
    effects.add(Effect.Timer.START_JOINING);
    effects.add(after.introduction());
    return new Step(before, after, effects);
  }

  @Override
  default Optional<StoreId> leader() {
    return Optional.of(tie().leader());
  }

  @Override
  default Phase phase() {
    return tie().phase();
  }

  @Override
  default Vote vote() {
    return new Vote(tie().leader(), epochs().current(), server().log().last());
  }

  @Override
  default List<Effect> leaving() {
    return List.of(Effect.Timer.STOP_JOINING);
  }

  /** What it said or should have heard may be lost. */
  default Step joinDue() {
    return switch (phase()) {
      case DISCOVERY -> stay(introduction());
      case SYNCHRONIZATION -> stay(position(server().log().last()));
      case BROADCAST -> stay();
    };
  }

  /** Medeiros §3.1: who hears no leader looks for another. */
  default Step leaderSilent() {
    return Looking.starting(this);
  }

  /**
   * A leader that looks for one, in a later round, leads no more. Who needs nobody else leads at
   * once; what he thinks is said when he is asked again, for his epoch is not durable yet.
   */
  @Override
  default Step notification(Notification message) {
    boolean hasGivenUp =
        message.from().equals(tie().leader())
            && message.state() == PeerState.LOOKING
            && message.round() > round();
    if (!hasGivenUp) {
      return Role.super.notification(message);
    }
    var looking = Looking.starting(this);
    return looking.after() instanceof Looking
        ? looking.after().notification(message).following(this, looking.effects())
        : looking;
  }

  private Effect introduction() {
    return new Effect.Send(
        tie().leader(), new ZabMessage.FollowerEpoch(self(), epochs().accepted()));
  }

  /** Where its history ends, said once that is durable: the leader sends what comes after. */
  private Effect position(LogPosition last) {
    var ack = new AckEpoch(self(), epochs().accepted(), tie().counts(), epochs().current(), last);
    return new Effect.WhenDurable(new Effect.Send(tie().leader(), ack));
  }

  /** Whether that is of the leader's, in the epoch that was accepted for it. */
  private boolean isHeard(StoreId from, Term epoch) {
    return from.equals(tie().leader())
        && epoch.equals(epochs().accepted())
        && phase() != Phase.DISCOVERY;
  }

  /** As {@link #isHeard}, and the leader's initial history is here: its log is as ours, so far. */
  private boolean isTakenOver(StoreId from, Term epoch) {
    return isHeard(from, epoch) && epochs().areSynchronized();
  }

  /** The same role once these effects are done. */
  private Joined after(List<Effect> effects) {
    return with(server().after(effects), epochs(), commitIndex(), tie());
  }

  private Joined at(long commit) {
    return with(server(), epochs(), commit, tie());
  }

  private Joined in(Phase phase) {
    return with(server(), epochs(), commitIndex(), tie().in(phase));
  }

  /**
   * Phase 1, follower: a later epoch than any is accepted, and is written before that is said. One
   * that was accepted already is not accepted again, but the leader may be joined all the same.
   */
  @Override
  default Step newEpoch(NewEpoch message) {
    if (!message.from().equals(tie().leader()) || epochs().accepted().isAfter(message.epoch())) {
      return stay();
    }
    var last = server().log().last();
    if (message.epoch().isAfter(epochs().accepted())) {
      var accepting = epochs().accepting(message.epoch());
      var counting = new Tie(tie().leader(), Phase.SYNCHRONIZATION, true);
      var after = with(server(), accepting, commitIndex(), counting);
      return Step.of(
          this, after, new Effect.Save(accepting), Effect.Timer.HEARD_LEADER, after.position(last));
    }
    var after = phase() == Phase.DISCOVERY ? in(Phase.SYNCHRONIZATION) : this;
    return Step.of(this, after, Effect.Timer.HEARD_LEADER, position(last));
  }

  /**
   * Phase 2, TRUNC: what the leader does not have goes; nobody has committed it. Not after the
   * leader's history was taken over: then the word is an old one.
   */
  @Override
  default Step truncate(Truncate message) {
    if (!isHeard(message.from(), message.epoch()) || epochs().areSynchronized()) {
      return stay();
    }
    var log = server().log();
    var kept = Histories.lastAtMost(log, message.to());
    var effects = new ArrayList<Effect>(3);
    effects.add(Effect.Timer.HEARD_LEADER);
    if (kept.index() < log.last().index()) {
      Invariants.check(
          kept.index() >= commitIndex(),
          "a new leader has all that was committed (Zab, Claim 4): %s, committed up to %s",
          message,
          commitIndex());
      effects.add(new Effect.TruncateFrom(kept.index() + 1));
    }
    effects.add(position(kept));
    return new Step(this, after(effects), effects);
  }

  /**
   * Transactions of the leader's. What continues this log is written. Before the leader's history
   * was taken over nothing of it is acknowledged, and nothing committed.
   *
   * @param committed up to where they are, as far as this message tells
   */
  default Step extended(
      StoreId from, Term epoch, LogPosition previous, List<Entry> entries, long committed) {
    if (!isHeard(from, epoch)) {
      return stay();
    }
    var log = server().log();
    boolean isSynchronized = epochs().areSynchronized();
    if (previous.index() > log.last().index()) {
      return stay(Effect.Timer.HEARD_LEADER, isSynchronized ? behind() : position(log.last()));
    }
    var missing = Histories.missing(log, entries);
    if (!Histories.holds(log, previous) || missing.isEmpty()) {
      Invariants.check(
          !isSynchronized,
          "the log of who follows is a part of its leader's (Zab §V-B): %s, sent after %s",
          log.last(),
          previous);
      return stay(Effect.Timer.HEARD_LEADER, position(log.last()));
    }
    var effects = new ArrayList<Effect>(4);
    effects.add(Effect.Timer.HEARD_LEADER);
    var more = missing.get();
    Joined knowing = this;
    if (!more.isEmpty()) {
      effects.add(new Effect.Append(more));
      knowing = after(effects);
    }
    if (!isSynchronized) {
      effects.add(position(more.isEmpty() ? log.last() : more.get(more.size() - 1).position()));
      return new Step(this, knowing, effects);
    }
    long lastIndex = previous.index() + entries.size();
    var ack = new ZabMessage.Ack(self(), epoch, lastIndex);
    effects.add(new Effect.WhenDurable(new Effect.Send(from, ack)));
    return committed(Math.min(committed, lastIndex), knowing, effects);
  }

  /**
   * Phase 3, follower: written in the order of the proposals, and acknowledged once durable. Also
   * by who observes and is about to vote, which its leader knows first.
   */
  @Override
  default Step propose(Propose message) {
    return extended(
        message.from(),
        message.epoch(),
        message.previous(),
        message.entries(),
        message.commitIndex());
  }

  /**
   * Phase 3, observer: proposal and commit in one. Also to who does not know yet that it observes.
   */
  @Override
  default Step inform(Inform message) {
    return extended(
        message.from(),
        message.epoch(),
        message.previous(),
        message.entries(),
        message.lastIndex());
  }

  private Effect behind() {
    var last = server().log().last().index();
    return new Effect.Send(tie().leader(), new Behind(self(), epochs().accepted(), last));
  }

  private Step committed(long index, Joined knowing, List<Effect> effects) {
    if (index <= commitIndex()) {
      return new Step(this, knowing, effects);
    }
    effects.add(new Effect.Commit(index));
    return new Step(this, knowing.at(index), effects);
  }

  /** Phase 2, SNAP: a snapshot behind what is committed here is old. */
  @Override
  default Step installSnapshot(InstallSnapshot message) {
    if (!isHeard(message.from(), message.epoch())) {
      return stay();
    }
    var log = server().log();
    var place = message.lastIncluded();
    if (place.index() <= commitIndex()) {
      return stay(Effect.Timer.HEARD_LEADER, position(log.last()));
    }
    var last = Histories.holds(log, place) ? log.last() : place;
    var effects = new ArrayList<Effect>(3);
    effects.add(Effect.Timer.HEARD_LEADER);
    effects.add(new Effect.Install(place, message.configuration()));
    effects.add(position(last));
    return new Step(this, after(effects).at(place.index()), effects);
  }

  /**
   * Phase 2, NEWLEADER: if this log is the leader's initial history, or goes on from it with the
   * leader's own transactions, its epoch is the current one from now on: written after the history,
   * and acknowledged after both. A longer log that is not the leader's has to be truncated first.
   */
  @Override
  default Step newLeader(NewLeader message) {
    if (!isHeard(message.from(), message.epoch())) {
      return stay();
    }
    var last = server().log().last();
    var known = new AckNewLeader(self(), message.epoch(), last.index());
    var ack = new Effect.WhenDurable(new Effect.Send(message.from(), known));
    if (epochs().areSynchronized()) {
      return stay(Effect.Timer.HEARD_LEADER, ack);
    }
    if (!last.equals(message.last()) && !last.term().equals(message.epoch())) {
      return stay(Effect.Timer.HEARD_LEADER, position(last));
    }
    var over = epochs().takingOver();
    var after = with(server(), over, commitIndex(), tie());
    return Step.of(this, after, new Effect.Save(over), Effect.Timer.HEARD_LEADER, ack);
  }

  /** End of phase 2: all that was committed when this server joined is here. */
  @Override
  default Step upToDate(UpToDate message) {
    return isTakenOver(message.from(), message.epoch())
        ? heard(message.commitIndex(), in(Phase.BROADCAST))
        : stay();
  }

  @Override
  default Step commit(Commit message) {
    return isTakenOver(message.from(), message.epoch()) ? heard(message.index(), this) : stay();
  }

  private Step heard(long committed, Joined knowing) {
    var effects = new ArrayList<Effect>(3);
    effects.add(Effect.Timer.HEARD_LEADER);
    return committed(Math.min(committed, server().log().last().index()), knowing, effects);
  }

  @Override
  default Step ping(Ping message) {
    if (!isHeard(message.from(), message.epoch())) {
      return stay();
    }
    var effects = new ArrayList<Effect>(3);
    effects.add(Effect.Timer.HEARD_LEADER);
    var pong = new ZabMessage.Pong(self(), message.epoch(), message.round());
    effects.add(new Effect.Send(message.from(), pong));
    long known = epochs().areSynchronized() ? message.commitIndex() : 0;
    return committed(Math.min(known, server().log().last().index()), this, effects);
  }

  /**
   * Reads that the leader is to confirm, as {@link Effect.ConfirmRead} tells. The request may get
   * lost on its way, so it is to be repeated.
   */
  default Step read(long number) {
    var request = new ZabMessage.RequestSync(self(), epochs().accepted(), number);
    return stay(new Effect.Send(tie().leader(), request));
  }

  /** The leader leads no more, and has made sure that this one has all: no election is needed. */
  @Override
  default Step successor(Successor message) {
    if (!isHeard(message.from(), message.epoch())) {
      return stay();
    }
    var resting = Looking.resting(this);
    var step =
        message.to().equals(self()) ? Leading.elected(resting) : joining(resting, message.to());
    return step.following(this, leaving());
  }

  /** The leader that it asked to be let in says that the group has gone on without it. */
  @Override
  default Step removalNotice(RemovalNotice notice) {
    var told = with(server().removedBy(notice.version()), epochs(), commitIndex(), tie());
    return notice.from().equals(tie().leader()) && told.server().isRemoved()
        ? Looking.starting(told).following(this, List.of())
        : stay();
  }

  /** Whoever led when it confirmed them, they were asked before. */
  @Override
  default Step syncReply(SyncReply message) {
    return stay(new Effect.ConfirmRead(message.read(), message.index()));
  }
}
