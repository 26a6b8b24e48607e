package dev.synod.paxos.rules;

import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;

/** The end: whatever is still said counts for nothing. */
public record Finished<V>(Ballot ballot, Result<V> result) implements Proposer<V> {

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

  @Override
  public ProposerStep<V> resume(int paused, Ballot next) {
    return stay();
  }
}
