package dev.synod.paxos.rules;

import dev.synod.paxos.protocol.Ballot;

/** How a proposer ended. The last two must never be confused. */
public sealed interface Result<V> {

  /**
   * A quorum has accepted the value with that ballot.
   *
   * @param own whether the proposer's change made the value; else it was there before
   */
  record Chosen<V>(Ballot ballot, V value, boolean own) implements Result<V> {}

  /** What was wanted was never sent to be accepted: it is not chosen, now or later. */
  record NotProposed<V>() implements Result<V> {}

  /** What was wanted was sent to be accepted: it may have been chosen, or may yet be. */
  record Unknown<V>() implements Result<V> {}
}
