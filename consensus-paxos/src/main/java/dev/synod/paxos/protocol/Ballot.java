package dev.synod.paxos.protocol;

import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import java.util.Comparator;

/**
 * The number of a proposal (Lamport 2001, §2.2). Different proposers draw theirs from disjoint
 * sets, since each one's carry its own id, and a proposer never uses one twice: so at most one
 * value is ever proposed with a ballot.
 *
 * @param round from 1
 */
public record Ballot(long round, StoreId proposer) implements Comparable<Ballot> {

  /** Before all others: what an acceptor that has heard nothing has promised. Nobody's. */
  public static final Ballot ZERO = new Ballot(0, StoreId.of(0));

  private static final Comparator<Ballot> ORDER =
      Comparator.comparingLong(Ballot::round).thenComparing(Ballot::proposer);

  public Ballot {
    Invariants.check(round >= 0, "a round is never negative: %s", round);
  }

  /** The first one of that proposer in the round after another ballot's. */
  public static Ballot above(Ballot seen, StoreId self) {
    return new Ballot(Math.addExact(seen.round, 1), self);
  }

  public boolean isAfter(Ballot other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Ballot other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return round + "." + proposer;
  }
}
