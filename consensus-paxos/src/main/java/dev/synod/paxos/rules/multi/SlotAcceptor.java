package dev.synod.paxos.rules.multi;

import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.Canvass;
import dev.synod.paxos.protocol.multi.SlotMessage.CanvassReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.LeadReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.rules.multi.SlotEffect.SavePromise;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import dev.synod.paxos.rules.multi.SlotEffect.SendPromise;
import dev.synod.paxos.rules.multi.SlotEffect.Timer;
import dev.synod.paxos.rules.multi.SlotEffect.WhenDurable;
import dev.synod.paxos.rules.multi.SlotEffect.WriteVotes;
import java.util.ArrayList;
import java.util.List;

/**
 * The acceptor of all slots of a log (Lamport 2001, §3): one promise for all of them, a vote for
 * each. It may ignore any request; what it promised and accepted it must not forget (§2.5).
 *
 * @param promised nothing below is accepted
 * @param chosen all slots up to there are chosen, as this replica's learner knows
 * @param hearsProposer whether a distinguished proposer was heard of late
 * @param heard the highest ballot that it has heard one with, since nobody was; its owner may end
 *     its own lease
 * @param votes what it has accepted
 * @param noted up to where slots are chosen as its records say, once they are durable
 * @param regimes which configuration governs which slot
 * @param aheadMax slots beyond {@code chosen} that it votes in; more is ignored, so that what it
 *     has to tell the next proposer is bounded
 */
public record SlotAcceptor(
    StoreId self,
    Ballot promised,
    long chosen,
    boolean hearsProposer,
    Ballot heard,
    Votes votes,
    long noted,
    Regimes regimes,
    int aheadMax)
    implements SlotMessage.ForAcceptor<SlotStep<SlotAcceptor>> {

  /**
   * As it is after a start: it may have answered a proposer just before, and that one's lease may
   * run. So it goes on as if it heard one until {@link #proposerSilent}.
   */
  public static SlotAcceptor recovered(
      StoreId self, Ballot promised, long chosen, Votes votes, Regimes regimes, int aheadMax) {
    return new SlotAcceptor(
        self, promised, chosen, true, Ballot.ZERO, votes, chosen, regimes, aheadMax);
  }

  public SlotStep<SlotAcceptor> receive(SlotMessage.ToAcceptor request) {
    return request.match(this);
  }

  /** Whether nothing higher was promised. */
  public boolean listensTo(Ballot ballot) {
    return !promised.isAfter(ballot);
  }

  /** The learner knows more. */
  public SlotAcceptor knows(long slot) {
    return slot > chosen
        ? new SlotAcceptor(
            self, promised, slot, hearsProposer, heard, votes, noted, regimes, aheadMax)
        : this;
  }

  /** No proposer was heard for as long as the shortest election timeout. */
  public SlotAcceptor proposerSilent() {
    return new SlotAcceptor(
        self, promised, chosen, false, Ballot.ZERO, votes, noted, regimes, aheadMax);
  }

  /** The learner knows more of what governs which slot, by what is chosen up to there. */
  public SlotAcceptor governed(Regimes others) {
    long slot = Math.max(chosen, others.known());
    return new SlotAcceptor(
        self, promised, slot, hearsProposer, heard, votes, noted, others, aheadMax);
  }

  /**
   * Says what it would say to a {@link Prepare}, and promises nothing. Who would propose in a
   * regime that is over need not be let: it has been left out, or will hear what it has missed.
   */
  @Override
  public SlotStep<SlotAcceptor> canvass(Canvass canvass) {
    if (promised.isAfter(canvass.ballot())) {
      return refuse(canvass);
    }
    boolean isCurrent = canvass.firstSlot() >= regimes.at(chosen + 1).from();
    var reply = new CanvassReply(self, canvass.ballot(), isCurrent && !hearsProposer);
    return step(this, List.of(new Send(canvass.from(), reply)));
  }

  /**
   * Phase 1(b): promises if the ballot is not below one that it has promised. The same ballot is
   * the same proposer asking again, or for more of the votes. While it hears a proposer it promises
   * nothing new, as that one's lease may run; who asks has canvassed a quorum that hears none, or
   * is that one itself, which has come to the end of its regime.
   */
  @Override
  public SlotStep<SlotAcceptor> prepare(Prepare prepare) {
    var ballot = prepare.ballot();
    if (promised.isAfter(ballot)) {
      return refuse(prepare);
    }
    if (hearsProposer && !heard.proposer().equals(prepare.from()) && ballot.isAfter(promised)) {
      return step(this, List.of());
    }
    var answer = new WhenDurable(new SendPromise(prepare.from(), ballot, prepare.firstSlot()));
    if (promised.equals(ballot)) {
      return step(this, List.of(answer));
    }
    var effects = new ArrayList<SlotEffect>();
    effects.add(new SavePromise(ballot));
    if (!prepare.from().equals(self)) {
      effects.add(Timer.RESTART_ELECTION);
    }
    effects.add(answer);
    return step(
        new SlotAcceptor(
            self, ballot, chosen, hearsProposer, heard, votes, noted, regimes, aheadMax),
        effects);
  }

  /**
   * Phase 2(b), P1a: accepts unless it has promised a higher ballot. What is known to be chosen
   * needs no vote more: the proposer can only have adopted it.
   */
  @Override
  public SlotStep<SlotAcceptor> accept(Accept accept) {
    var ballot = accept.ballot();
    if (promised.isAfter(ballot)) {
      return refuse(accept);
    }
    var effects = heard(accept.from());
    if (accept.lastSlot() > chosen + aheadMax) {
      return step(hearing(ballot, promised, noted), effects);
    }
    if (ballot.isAfter(promised)) {
      effects.add(new SavePromise(ballot));
    }
    var fresh = accept.entries().stream().filter(entry -> isFresh(entry, ballot)).toList();
    if (!fresh.isEmpty()) {
      effects.add(new WriteVotes(ballot, fresh));
    }
    long nowNoted = fresh.isEmpty() ? noted : chosen;
    var accepted = new Accepted(self, ballot, accept.firstSlot(), accept.lastSlot(), nowNoted);
    effects.add(new WhenDurable(new Send(accept.from(), accepted)));
    return step(hearing(ballot, ballot, nowNoted), effects);
  }

  private boolean isFresh(Entry entry, Ballot ballot) {
    return entry.index() > chosen && !votes.ballotAt(entry.index()).equals(ballot);
  }

  /** It says what is true now, and promises nothing, so that no disk delays the answer. */
  @Override
  public SlotStep<SlotAcceptor> lead(Lead lead) {
    if (promised.isAfter(lead.ballot())) {
      return refuse(lead);
    }
    var effects = heard(lead.from());
    effects.add(new Send(lead.from(), new LeadReply(self, lead.ballot(), lead.round(), chosen)));
    return step(hearing(lead.ballot(), promised, noted), effects);
  }

  private List<SlotEffect> heard(StoreId proposer) {
    var effects = new ArrayList<SlotEffect>();
    effects.add(Timer.RESTART_STICKINESS);
    if (!proposer.equals(self)) {
      effects.add(Timer.RESTART_ELECTION);
    }
    return effects;
  }

  private SlotAcceptor hearing(Ballot ballot, Ballot bound, long nowNoted) {
    var highest = heard.isAfter(ballot) ? heard : ballot;
    return new SlotAcceptor(self, bound, chosen, true, highest, votes, nowNoted, regimes, aheadMax);
  }

  /** A refusal promises nothing, so it waits for no disk. */
  private SlotStep<SlotAcceptor> refuse(SlotMessage.ToAcceptor request) {
    return step(
        this, List.of(new Send(request.from(), new Nack(self, request.ballot(), promised))));
  }

  /** A step that breaks a rule can't be made, in production either. */
  private SlotStep<SlotAcceptor> step(SlotAcceptor after, List<SlotEffect> effects) {
    Invariants.check(
        !promised.isAfter(after.promised),
        "a promise is never lowered (P1a): %s -> %s",
        promised,
        after.promised);
    Invariants.check(
        promised.equals(after.promised) || effects.contains(new SavePromise(after.promised)),
        "a promise is written down (§2.5): %s",
        effects);
    Invariants.check(
        effects.stream().allMatch(SlotAcceptor::mayBeDoneNow),
        "nothing is promised or accepted before all is durable (§2.5): %s",
        effects);
    return new SlotStep<>(this, after, effects);
  }

  private static boolean mayBeDoneNow(SlotEffect effect) {
    return effect instanceof Send send
        ? !(send.message() instanceof Accepted)
        : !(effect instanceof SendPromise);
  }
}
