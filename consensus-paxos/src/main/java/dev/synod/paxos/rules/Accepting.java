package dev.synod.paxos.rules;

import dev.synod.core.StoreId;
import dev.synod.core.VoteResult;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Phase 2: acceptances of this ballot are collected, each acceptor's once.
 *
 * @param own whether the proposer's change made the value
 * @param answers true from those who accepted, false from those who refused
 * @param exposed whether this ballot or an earlier one sent a value of the proposer's own
 */
public record Accepting<V>(
    Proposal<V> proposal,
    int attempt,
    Ballot ballot,
    V value,
    boolean own,
    Map<StoreId, Boolean> answers,
    boolean exposed)
    implements Proposer<V> {

  static <V> Accepting<V> begun(Preparing<V> prepared, Change.Choice<V> choice) {
    return new Accepting<>(
        prepared.proposal(),
        prepared.attempt(),
        prepared.ballot(),
        choice.value(),
        choice.own(),
        new TreeMap<>(),
        prepared.exposed() || choice.own());
  }

  /** Phase 2(a): asks those who have not answered. */
  List<Effect<V>> asking() {
    var effects = new ArrayList<Effect<V>>();
    for (StoreId acceptor : proposal.quorums().members()) {
      if (!answers.containsKey(acceptor)) {
        effects.add(new Effect.Ask<>(acceptor, new PaxosMessage.Accept<>(ballot, value)));
      }
    }
    effects.add(new Effect.AwaitAnswers<>(attempt));
    return effects;
  }

  /** A late promise changes nothing: the value is fixed. */
  @Override
  public ProposerStep<V> promise(PaxosMessage.Promise<V> promise) {
    return stay();
  }

  /** Chosen when a phase-2 quorum has accepted this ballot. */
  @Override
  public ProposerStep<V> accepted(PaxosMessage.Accepted<V> accepted) {
    if (!accepted.ballot().equals(ballot)) {
      return stay();
    }
    var more = answered(accepted.from(), true);
    if (proposal.quorums().accept().result(more.answers) != VoteResult.WON) {
      return new ProposerStep<>(this, more, List.of());
    }
    var result = new Result.Chosen<>(ballot, value, own);
    return new ProposerStep<>(
        this,
        new Finished<>(ballot, result),
        List.of(
            new Effect.Publish<>(new PaxosMessage.Chosen<>(ballot, value)),
            new Effect.Finish<>(result)));
  }

  /**
   * The others may still make a quorum. If they can't, who may ask again in another ballot does.
   */
  @Override
  public ProposerStep<V> nack(PaxosMessage.Nack<V> nack) {
    if (!nack.ballot().equals(ballot)) {
      return stay();
    }
    var more = answered(nack.from(), false);
    if (proposal.quorums().accept().result(more.answers) != VoteResult.LOST) {
      return new ProposerStep<>(this, more, List.of());
    }
    return mayBeginAgain() ? giveUp(proposal, attempt, exposed) : end(new Result.Unknown<>());
  }

  /** Asks the silent ones again, in the same ballot: that never does harm. */
  @Override
  public ProposerStep<V> timedOut(int late) {
    if (late != attempt) {
      return stay();
    }
    if (attempt >= proposal.attemptsMax()) {
      return giveUp(proposal, attempt, exposed);
    }
    var again = new Accepting<>(proposal, attempt + 1, ballot, value, own, answers, exposed);
    return new ProposerStep<>(this, again, again.asking());
  }

  @Override
  public ProposerStep<V> resume(int paused, Ballot next) {
    return stay();
  }

  /** A value that was there before was nobody's change: to propose it again changes nothing. */
  private boolean mayBeginAgain() {
    return !own || proposal.change().isRepeatable();
  }

  /** An acceptance outweighs a refusal, whichever came first: it can't be taken back. */
  private Accepting<V> answered(StoreId from, boolean accepted) {
    var more = new TreeMap<>(answers);
    more.merge(from, accepted, Boolean::logicalOr);
    return new Accepting<>(proposal, attempt, ballot, value, own, more, exposed);
  }
}
