package dev.synod.core;

import java.util.Comparator;

/**
 * Where an entry sits: its index and the term that wrote it. Never two loose longs.
 *
 * @param index 1 for a log's first entry; 0 is the place before it
 */
public record LogPosition(long index, Term term) implements Comparable<LogPosition> {

  /** The place before a log's first entry. */
  public static final LogPosition ZERO = new LogPosition(0, Term.ZERO);

  private static final Comparator<LogPosition> UP_TO_DATE =
      Comparator.comparing(LogPosition::term).thenComparingLong(LogPosition::index);

  public LogPosition {
    Invariants.check(index >= 0, "an index is never negative: %s", index);
  }

  /** Raft §5.4.1: the later term wins; within a term, the longer log wins. */
  public boolean isAtLeastAsUpToDateAs(LogPosition other) {
    return UP_TO_DATE.compare(this, other) >= 0;
  }

  @Override
  public int compareTo(LogPosition other) {
    return UP_TO_DATE.compare(this, other);
  }

  @Override
  public String toString() {
    return index + "@" + term;
  }
}
