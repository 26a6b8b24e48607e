package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;

/**
 * A counter that only grows (Shapiro et al.: "A comprehensive study of Convergent and Commutative
 * Replicated Data Types", 2011, §3.1.2).
 *
 * @param counts what each replica has added
 */
public record GCounter(VersionVector counts) implements Lattice<GCounter> {

  public static final GCounter ZERO = new GCounter(VersionVector.EMPTY);

  /**
   * What all have added.
   *
   * @throws ArithmeticException if it is above what a long holds
   */
  public long value() {
    return counts.sum();
  }

  /**
   * The delta that adds so much.
   *
   * @param amount not negative
   */
  public GCounter increment(ReplicaId by, long amount) {
    return new GCounter(grown(counts, by, amount));
  }

  /** That replica's count alone, so much higher. */
  static VersionVector grown(VersionVector counts, ReplicaId by, long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("this counter only grows, but not by " + amount);
    }
    return VersionVector.of(by, Math.addExact(counts.get(by), amount));
  }

  @Override
  public GCounter merge(GCounter other) {
    return new GCounter(counts.merge(other.counts));
  }
}
