package dev.synod.benchmarks.peer;

/** How fresh a read must be, in words that all systems share. */
public enum Freshness {
  /** Sees every write that was acknowledged before it began. */
  LINEARIZABLE,
  /** Sees what the replica that answers has applied. */
  STALE
}
