package dev.synod.raft.rules;

import java.util.Arrays;

/** The appends sent to one follower and not yet answered: the last index of each, ascending. */
final class Inflight {

  static final Inflight NONE = new Inflight();

  private final long[] ends;

  private Inflight(long... ends) {
    this.ends = ends;
  }

  int count() {
    return ends.length;
  }

  Inflight with(long end) {
    long[] more = Arrays.copyOf(ends, ends.length + 1);
    more[ends.length] = end;
    return new Inflight(more);
  }

  /** Without those that an answer for {@code matchIndex} covers. */
  Inflight answered(long matchIndex) {
    int covered = 0;
    while (covered < ends.length && ends[covered] <= matchIndex) {
      covered++;
    }
    if (covered == 0) {
      return this;
    }
    return covered == ends.length
        ? NONE
        : new Inflight(Arrays.copyOfRange(ends, covered, ends.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inflight that && Arrays.equals(ends, that.ends);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ends);
  }

  @Override
  public String toString() {
    return Arrays.toString(ends);
  }
}
