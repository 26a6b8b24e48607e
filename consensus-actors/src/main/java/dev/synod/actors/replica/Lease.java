package dev.synod.actors.replica;

import dev.synod.core.Term;
import java.time.Duration;

/**
 * When a leader's last rounds of heartbeats went out, by its own clock (Ongaro's thesis §6.4.1).
 * Which of them are recent is measured here, what that means is for a protocol's rules. What is
 * forgotten counts as not recent: that costs a round to a quorum, no more.
 */
public final class Lease {

  /** Two rounds are on their way at most, and heartbeats fill the rest of a lease. */
  private static final int ROUNDS_MAX = 64;

  private long nanos;
  private final long[] rounds = new long[ROUNDS_MAX];
  private final long[] sentAt = new long[ROUNDS_MAX];
  private int next;
  private int count;
  private Term term = Term.ZERO;

  /**
   * No round went out.
   *
   * @param nanos how long one runs
   */
  public Lease(long nanos) {
    this.nanos = nanos;
  }

  /**
   * How long one runs from the moment at which those heartbeats went out that a quorum answered: by
   * the leader's own clock, if that is as slow as it may be, less than that time by the fastest
   * clock of a member.
   *
   * @param promised for how long who answers promises to help nobody else to lead
   * @param driftMax how much faster or slower than it should any clock runs, as a fraction
   */
  public static Duration length(Duration promised, double driftMax) {
    return Duration.ofNanos((long) (promised.toNanos() * (1 - driftMax) / (1 + driftMax)));
  }

  /**
   * Leases are so long from now on, also those of rounds that are out: voters promise the same,
   * whatever this leader makes of it.
   */
  public void runs(long newNanos) {
    nanos = newNanos;
  }

  /** Whether the heartbeats of that round are about to go out for the first time. */
  public boolean isNew(Term leading, long round) {
    return round > 0 && (!leading.equals(term) || count == 0 || rounds[last()] != round);
  }

  /** They go out now, or later. */
  public void goesOut(Term leading, long round, long now) {
    if (!leading.equals(term)) {
      term = leading;
      count = 0;
    }
    rounds[next] = round;
    sentAt[next] = now;
    next = (next + 1) % ROUNDS_MAX;
    count = Math.min(count + 1, ROUNDS_MAX);
  }

  /** The oldest round of that term that went out less than a lease ago. */
  public long recentSince(Term leading, long now) {
    long since = Long.MAX_VALUE;
    if (leading.equals(term)) {
      for (int back = 1; back <= count; back++) {
        int at = Math.floorMod(next - back, ROUNDS_MAX);
        if (now - sentAt[at] >= nanos) {
          break;
        }
        since = rounds[at];
      }
    }
    return since;
  }

  private int last() {
    return Math.floorMod(next - 1, ROUNDS_MAX);
  }
}
