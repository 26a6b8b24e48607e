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

  /** More terms than a group ever has: one a millisecond for 34 years. */
  public static final long ERA = 1L << 40;

  public Term {
    Invariants.check(number >= 0, "a term is never negative: %s", number);
  }

  /** The term that a server enters when it stands for election (§5.2). */
  public Term next() {
    return new Term(Math.addExact(number, 1));
  }

  /**
   * How often a configuration was forced before it ({@link #nextEra}), times {@value #ERA}. No
   * election leads from one era into another.
   */
  public long era() {
    return number / ERA * ERA;
  }

  /** The first term of a time that no election of the one before can reach. */
  public Term nextEra() {
    return new Term(Math.addExact(era(), ERA));
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
