package dev.synod.paxos.rules.multi;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.protocol.multi.SlotVote;
import dev.synod.paxos.rules.multi.SlotEffect.CatchUp;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import dev.synod.paxos.rules.multi.SlotEffect.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Phase 1, once for all slots that this replica does not know to be chosen (Lamport 2001, §3).
 *
 * <p>The proposer's own acceptor is asked first: its promise is durable before anybody else hears
 * of the ballot, so that after a crash no other values are proposed with it.
 *
 * @param firstSlot for which promises are asked
 * @param covered up to which slot each acceptor has told its votes
 * @param votes of those, the one with the highest ballot for each slot
 * @param chosenElsewhere up to where an acceptor's replica knows slots to be chosen; those are
 *     learned from it before this one leads
 * @param whoKnows that replica
 * @param isInOffice whether it has led up to the end of a regime, and goes on in the next
 */
public record Preparing(
    ProposerState state,
    Ballot ballot,
    long firstSlot,
    Map<StoreId, Long> covered,
    Map<Long, SlotVote> votes,
    long chosenElsewhere,
    StoreId whoKnows,
    boolean isInOffice)
    implements SlotProposer {

  static SlotStep<SlotProposer> begun(Canvassing before) {
    return begun(before, before.state().saw(before.ballot()), before.ballot(), List.of());
  }

  /** All slots of its regime are chosen: it asks the members of the next one, with a new ballot. */
  static SlotStep<SlotProposer> succeeding(
      Leading before, ProposerState known, List<SlotEffect> first) {
    var ballot = Ballot.above(known.seen(), known.self());
    return begun(before, known.saw(ballot), ballot, first);
  }

  private static SlotStep<SlotProposer> begun(
      SlotProposer before, ProposerState state, Ballot ballot, List<SlotEffect> first) {
    long slot = state.chosen() + 1;
    var after =
        new Preparing(
            state,
            ballot,
            slot,
            Map.of(),
            Map.of(),
            state.chosen(),
            state.self(),
            before.isInOffice());
    var effects = new ArrayList<>(first);
    effects.add(Timer.RESTART_ELECTION);
    effects.add(after.ask(state.self(), slot));
    return new SlotStep<>(before, after, effects);
  }

  private SlotEffect ask(StoreId acceptor, long slot) {
    return new Send(acceptor, new Prepare(state.self(), ballot, slot));
  }

  @Override
  public SlotProposer with(ProposerState known) {
    return new Preparing(
        known, ballot, firstSlot, covered, votes, chosenElsewhere, whoKnows, isInOffice);
  }

  @Override
  public Ballot asked() {
    return ballot;
  }

  @Override
  public Optional<StoreId> leader() {
    return isInOffice ? Optional.of(state.self()) : Optional.empty();
  }

  /** P2c, for each slot: the vote with the highest ballot binds. */
  @Override
  public SlotStep<SlotProposer> promise(Promise promise) {
    var from = promise.from();
    boolean isNext =
        promise.firstSlot() == covered.getOrDefault(from, firstSlot - 1) + 1
            && promise.lastSlot() >= promise.firstSlot();
    if (!promise.ballot().equals(ballot) || !isNext) {
      return stay();
    }
    var nowCovered = new TreeMap<>(covered);
    nowCovered.put(from, promise.lastSlot());
    boolean knowsMore = promise.chosen() > chosenElsewhere;
    var next =
        new Preparing(
            state,
            ballot,
            firstSlot,
            nowCovered,
            highest(promise.votes()),
            knowsMore ? promise.chosen() : chosenElsewhere,
            knowsMore ? from : whoKnows,
            isInOffice);
    var effects = new ArrayList<SlotEffect>();
    if (promise.lastSlot() < Long.MAX_VALUE) {
      effects.add(ask(from, promise.lastSlot() + 1));
    }
    if (from.equals(state.self()) && !covered.containsKey(from)) {
      state.quorums().members().stream()
          .filter(acceptor -> !acceptor.equals(from))
          .forEach(acceptor -> effects.add(ask(acceptor, firstSlot)));
    }
    return next.going(this, effects);
  }

  private Map<Long, SlotVote> highest(List<SlotVote> told) {
    var all = new TreeMap<>(votes);
    for (SlotVote vote : told) {
      all.merge(vote.slot(), vote, (a, b) -> b.ballot().isAfter(a.ballot()) ? b : a);
    }
    return all;
  }

  /**
   * What may have been chosen; slots in between, which nobody in the quorum has a vote for, get
   * something that does nothing (§3). Slots of the next regime are left to who leads that: this
   * one's quorum says nothing of them.
   */
  List<Entry> recovered() {
    var open = new TreeMap<>(votes);
    open.headMap(state.chosen(), true).clear();
    long until = state.regimes().lastOf(state.regime());
    long last = open.isEmpty() ? state.chosen() : Math.min(open.lastKey(), until);
    var term = state.termOf(ballot);
    var entries = new ArrayList<Entry>();
    for (long slot = state.chosen() + 1; slot <= last; slot++) {
      var vote = open.get(slot);
      entries.add(vote == null ? nothing(slot, term) : vote.entry());
    }
    return entries;
  }

  static Entry nothing(long slot, Term term) {
    return new Entry(slot, term, EntryKind.NO_OP, Bytes.EMPTY);
  }

  /** Phase 1 may be complete. What was chosen elsewhere is needed, too, before phase 2 begins. */
  private SlotStep<SlotProposer> going(SlotProposer before, List<SlotEffect> effects) {
    if (!isPromised()) {
      return new SlotStep<>(before, this, effects);
    }
    if (chosenElsewhere > state.chosen()) {
      effects.add(new CatchUp(whoKnows, chosenElsewhere));
      return new SlotStep<>(before, this, effects);
    }
    return state.knowsRegime()
        ? Leading.begun(before, this)
        : new SlotStep<>(before, this, effects);
  }

  private boolean isPromised() {
    return state
        .quorums()
        .prepare()
        .isMetBy(acceptor -> covered.getOrDefault(acceptor, 0L) == Long.MAX_VALUE);
  }

  @Override
  public SlotStep<SlotProposer> chosen(long slot) {
    return knowing(state.knows(slot));
  }

  @Override
  public SlotStep<SlotProposer> governed(Regimes regimes) {
    return knowing(state.by(regimes));
  }

  /** Promises of one regime's members are none of another's. */
  private SlotStep<SlotProposer> knowing(ProposerState known) {
    var next = (Preparing) with(known);
    if (known.regime().from() != state.regime().from()) {
      return giveUp(known, Optional.empty());
    }
    return next.isPromised() && chosenElsewhere <= known.chosen()
        ? next.going(this, List.of())
        : become(next);
  }

  @Override
  public SlotStep<SlotProposer> nack(Nack nack) {
    return nack.promised().isAfter(ballot)
        ? giveUp(state.saw(nack.promised()), Optional.empty())
        : stay();
  }
}
