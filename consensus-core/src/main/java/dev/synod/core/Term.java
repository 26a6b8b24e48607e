package dev.synod.core;

/**
 * A logical clock that numbers leaderships: Raft's term (Ongaro and Ousterhout 2014, §5.1). Zero is
 * the time before the first election.
 *
 * @param number never negative
 */
public record Term(long number) implements Comparable<Term> {

  /** Before the first election: no entry and no vote belongs to it. */
  public static final Term ZERO = new Term(0);

  public Term {
    Invariants.check(number >= 0, "a term is never negative: %s", number);
  }

  /** The term that a server enters when it stands for election (§5.2). */
  public Term next() {
    return new Term(Math.addExact(number, 1));
  }

  public boolean isAfter(Term other) {
    return number > other.number;
  }

  @Override
  public int compareTo(Term other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "t" + number;
  }
}
