package dev.synod.paxos.rules;

import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.Vote;

/**
 * What an acceptor writes down before it answers (Lamport 2001, §2.5). All of it, in its order,
 * makes the acceptor again: {@link Acceptor#recovered}.
 */
public sealed interface Written<V> {

  Ballot ballot();

  /**
   * The term of its entry in a log after an entry of the given one. Of one decision ballots rise,
   * so it is the ballot's round. Entries of other decisions with higher ballots may stand before
   * it; terms of a log never go down, so it is theirs then. The ballot itself is in the payload.
   */
  default Term termAfter(Term last) {
    var round = new Term(ballot().round());
    return last.isAfter(round) ? last : round;
  }

  /**
   * What is still true of an older promise and an older acceptance, written once more so that these
   * may be forgotten.
   *
   * @param ballot nothing below it is accepted any more
   * @param vote the highest proposal accepted; its ballot is no higher
   */
  record Kept<V>(Ballot ballot, Vote<V> vote) implements Written<V> {
    public Kept {
      if (vote.ballot().isAfter(ballot)) {
        throw new IllegalArgumentException(
            "an acceptor's vote after its promise: " + vote.ballot());
      }
    }
  }

  /** Nothing below the ballot is accepted any more. */
  record Promised<V>(Ballot ballot) implements Written<V> {}

  /** A proposal was accepted. */
  record Voted<V>(Vote<V> vote) implements Written<V> {
    @Override
    public Ballot ballot() {
      return vote.ballot();
    }
  }
}
