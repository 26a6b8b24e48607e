package dev.synod.paxos.rules;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Phase 1: promises are collected, each acceptor's once.
 *
 * @param promises the votes that came with them
 * @param exposed whether an earlier ballot sent a value of the proposer's own to be accepted
 */
public record Preparing<V>(
    Proposal<V> proposal,
    int attempt,
    Ballot ballot,
    Map<StoreId, Optional<Vote<V>>> promises,
    boolean exposed)
    implements Proposer<V> {

  /** Phase 1(a): asks all acceptors, once nobody can make it use that ballot again. */
  static <V> ProposerStep<V> begun(
      Proposal<V> proposal, int attempt, Ballot ballot, boolean exposed) {
    var preparing = new Preparing<>(proposal, attempt, ballot, new TreeMap<>(), exposed);
    return new ProposerStep<>(preparing, preparing, preparing.asking());
  }

  private List<Effect<V>> asking() {
    var effects = new ArrayList<Effect<V>>();
    for (StoreId acceptor : proposal.quorums().members()) {
      effects.add(
          new Effect.WhenDurable<>(new Effect.Ask<>(acceptor, new PaxosMessage.Prepare<>(ballot))));
    }
    effects.add(new Effect.AwaitAnswers<>(attempt));
    return effects;
  }

  /** Phase 2(a), once a phase-1 quorum has promised this ballot. */
  @Override
  public ProposerStep<V> promise(PaxosMessage.Promise<V> promise) {
    if (!promise.ballot().equals(ballot)) {
      return stay();
    }
    var more = new TreeMap<>(promises);
    more.putIfAbsent(promise.from(), promise.vote());
    if (!proposal.quorums().prepare().isMetBy(more::containsKey)) {
      return new ProposerStep<>(
          this, new Preparing<>(proposal, attempt, ballot, more, exposed), List.of());
    }
    var choice = proposal.change().on(highest(more));
    var accepting = Accepting.begun(this, choice);
    return new ProposerStep<>(this, accepting, accepting.asking());
  }

  /** P2c: the value of the highest-numbered proposal among those that the quorum accepted. */
  private static <V> Optional<V> highest(Map<StoreId, Optional<Vote<V>>> promises) {
    return promises.values().stream()
        .flatMap(Optional::stream)
        .max(Comparator.comparing(Vote::ballot))
        .map(Vote::value);
  }

  /** Nothing was sent in this phase that could be accepted. */
  @Override
  public ProposerStep<V> accepted(PaxosMessage.Accepted<V> accepted) {
    return stay();
  }

  /** Somebody has promised a higher ballot, so this one has little hope. */
  @Override
  public ProposerStep<V> nack(PaxosMessage.Nack<V> nack) {
    return nack.ballot().equals(ballot) ? giveUp(proposal, attempt, exposed) : stay();
  }

  @Override
  public ProposerStep<V> timedOut(int late) {
    return late == attempt ? giveUp(proposal, attempt, exposed) : stay();
  }

  @Override
  public ProposerStep<V> resume(int paused, Ballot next) {
    return stay();
  }
}
