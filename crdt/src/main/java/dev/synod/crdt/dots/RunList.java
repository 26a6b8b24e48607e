package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import java.util.Arrays;

/** Runs of dots on their way into a {@link CausalContext}, in ascending order. */
public final class RunList {

  private int[] replicas;
  private long[] firsts;
  private long[] lasts;
  private int size;

  /** With room for so many; more is made as needed. */
  public RunList(int room) {
    replicas = new int[room];
    firsts = new long[room];
    lasts = new long[room];
  }

  /**
   * One more run, which may meet or touch the one before.
   *
   * @throws IllegalArgumentException if it begins before the one before, or is no run
   */
  public void add(ReplicaId replica, long first, long last) {
    if (first < 1 || last < first || last > Dot.COUNTER_MAX) {
      throw new IllegalArgumentException("no run of dots: from %d to %d".formatted(first, last));
    }
    if (size > 0
        && (replica.number() < replicas[size - 1]
            || (replica.number() == replicas[size - 1] && first < firsts[size - 1]))) {
      throw new IllegalArgumentException("runs of dots that do not ascend");
    }
    add(replica.number(), first, last);
  }

  void add(int replica, long first, long last) {
    if (size > 0 && replicas[size - 1] == replica && first <= lasts[size - 1] + 1) {
      lasts[size - 1] = Math.max(lasts[size - 1], last);
      return;
    }
    if (size == replicas.length) {
      int room = Math.max(4, size * 2);
      replicas = Arrays.copyOf(replicas, room);
      firsts = Arrays.copyOf(firsts, room);
      lasts = Arrays.copyOf(lasts, room);
    }
    replicas[size] = replica;
    firsts[size] = first;
    lasts[size] = last;
    size++;
  }

  /** All runs so far; this list must not be used any more. */
  public CausalContext toContext() {
    return size == replicas.length
        ? CausalContext.ofRuns(replicas, firsts, lasts)
        : CausalContext.ofRuns(
            Arrays.copyOf(replicas, size), Arrays.copyOf(firsts, size), Arrays.copyOf(lasts, size));
  }
}
