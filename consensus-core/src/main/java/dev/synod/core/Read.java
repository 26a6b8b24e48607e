package dev.synod.core;

import java.time.Duration;

/** How fresh a read must be. None of them writes anything to a log. */
public sealed interface Read {

  /**
   * Sees every write that was acknowledged before the read began (Ongaro's thesis §6.4). Any
   * replica answers: it asks the leader which index it must have applied, once for all reads that
   * wait, and the leader asks a quorum whether it still leads.
   */
  static Read linearizable() {
    return Linearizable.INSTANCE;
  }

  /**
   * As {@link #linearizable()}, but the leader asks nobody as long as its lease runs: members that
   * heard it vote for no other for a while (Ongaro's thesis §6.4.1). That holds only while no clock
   * runs faster or slower than is set ({@code clock-drift-max} of the protocol's settings); else
   * such a read may miss a write. Off by default ({@code lease-reads}): then, and whenever the
   * lease does not run, the leader asks a quorum as for a linearizable read.
   */
  static Read lease() {
    return Lease.INSTANCE;
  }

  /**
   * Sees every write that was acknowledged that long before the read began, or longer, by the clock
   * of the replica that answers; any replica does. It asks the leader only if it last did so longer
   * ago than that, and rejects the read if there is no leader to be asked.
   *
   * @param lag how old the answer may be; 0 is {@link #linearizable()}
   */
  static Read bounded(Duration lag) {
    return new Bounded(lag);
  }

  /**
   * Sees the write that was acknowledged with this index, and all before it: read your writes, on
   * any replica.
   *
   * @param index from {@link Outcome.Ok#index()}
   */
  static Read atLeast(long index) {
    return new AtLeast(index);
  }

  /** Sees whatever the asked replica has applied: no waiting, no promise. */
  static Read stale() {
    return Stale.INSTANCE;
  }

  /** See {@link #linearizable()}. */
  enum Linearizable implements Read {
    INSTANCE
  }

  /** See {@link #lease()}. */
  enum Lease implements Read {
    INSTANCE
  }

  /** See {@link #bounded}. */
  record Bounded(Duration lag) implements Read {

    /** Nobody would know what a longer one is for. */
    public static final Duration LAG_MAX = Duration.ofDays(1);

    public Bounded {
      if (lag.isNegative() || lag.compareTo(LAG_MAX) > 0) {
        throw new IllegalArgumentException(
            "a read may lag by 0 to %s, but got %s".formatted(LAG_MAX, lag));
      }
    }
  }

  /** See {@link #atLeast}. */
  record AtLeast(long index) implements Read {
    public AtLeast {
      if (index < 0) {
        throw new IllegalArgumentException("a log index is never negative: " + index);
      }
    }
  }

  /** See {@link #stale()}. */
  enum Stale implements Read {
    INSTANCE
  }
}
