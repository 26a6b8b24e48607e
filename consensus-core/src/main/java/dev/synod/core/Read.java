package dev.synod.core;

/** How fresh a read must be. */
public sealed interface Read {

  /**
   * Sees every write that was acknowledged before the read began (Ongaro's thesis §6.4): costs one
   * round to a quorum.
   */
  static Read linearizable() {
    return Linearizable.INSTANCE;
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
