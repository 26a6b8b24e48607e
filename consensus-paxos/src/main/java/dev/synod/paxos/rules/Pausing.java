package dev.synod.paxos.rules;

import dev.synod.core.Invariants;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;

/**
 * Between two ballots (§2.4): waits, so that another proposer can finish.
 *
 * @param attempt the one that failed
 * @param ballot of the attempt that failed
 * @param exposed whether a value of the proposer's own was sent to be accepted
 */
public record Pausing<V>(Proposal<V> proposal, int attempt, Ballot ballot, boolean exposed)
    implements Proposer<V> {

  @Override
  public ProposerStep<V> promise(PaxosMessage.Promise<V> promise) {
    return stay();
  }

  @Override
  public ProposerStep<V> accepted(PaxosMessage.Accepted<V> accepted) {
    return stay();
  }

  @Override
  public ProposerStep<V> nack(PaxosMessage.Nack<V> nack) {
    return stay();
  }

  @Override
  public ProposerStep<V> timedOut(int late) {
    return stay();
  }

  /** Phase 1(a) again, with a higher ballot. */
  @Override
  public ProposerStep<V> resume(int paused, Ballot next) {
    if (paused != attempt) {
      return stay();
    }
    Invariants.check(
        next.isAfter(ballot), "a ballot is used once (§2.2): %s after %s", next, ballot);
    var begun = Preparing.begun(proposal, attempt + 1, next, exposed);
    return new ProposerStep<>(this, begun.after(), begun.effects());
  }
}
