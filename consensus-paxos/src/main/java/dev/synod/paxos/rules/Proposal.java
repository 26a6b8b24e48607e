package dev.synod.paxos.rules;

import dev.synod.core.Invariants;

/**
 * What a proposer wants, the same in all of its attempts.
 *
 * @param attemptsMax how often it asks before it ends without knowing
 */
public record Proposal<V>(Quorums quorums, Change<V> change, int attemptsMax) {

  public Proposal {
    Invariants.check(attemptsMax >= 1, "a proposer asks at least once: %s", attemptsMax);
  }
}
