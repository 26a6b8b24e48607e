package dev.synod.paxos.rules;

import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import java.util.List;

/**
 * A proposer of one decision (Lamport 2001, §2.2). Every phase answers every message; what is about
 * an earlier ballot or attempt counts for nothing.
 */
public sealed interface Proposer<V> extends PaxosMessage.ForProposer<V, ProposerStep<V>>
    permits Preparing, Accepting, Pausing, Finished {

  /** Phase 1(a) with the proposer's first ballot, which must be durably its own by then. */
  static <V> ProposerStep<V> begin(Proposal<V> proposal, Ballot ballot) {
    return Preparing.begun(proposal, 1, ballot, false);
  }

  /** The ballot of the attempt that runs, or of the last one. */
  Ballot ballot();

  default ProposerStep<V> receive(PaxosMessage.ToProposer<V> answer) {
    return answer.match(this);
  }

  /** The answers that the attempt with that number waited for are late. */
  ProposerStep<V> timedOut(int attempt);

  /**
   * The pause after the attempt with that number is over.
   *
   * @param next higher than all ballots that this proposer has seen
   */
  ProposerStep<V> resume(int attempt, Ballot next);

  /** Nothing changes. */
  default ProposerStep<V> stay() {
    return new ProposerStep<>(this, this, List.of());
  }

  /**
   * This ballot is given up.
   *
   * @param exposed whether its own value was ever sent to be accepted
   */
  default ProposerStep<V> giveUp(Proposal<V> proposal, int attempt, boolean exposed) {
    return attempt >= proposal.attemptsMax()
        ? end(exposed ? new Result.Unknown<>() : new Result.NotProposed<>())
        : new ProposerStep<>(
            this,
            new Pausing<>(proposal, attempt, ballot(), exposed),
            List.of(new Effect.BackOff<>(attempt)));
  }

  /** It is done. */
  default ProposerStep<V> end(Result<V> result) {
    return new ProposerStep<>(
        this, new Finished<>(ballot(), result), List.of(new Effect.Finish<>(result)));
  }
}
