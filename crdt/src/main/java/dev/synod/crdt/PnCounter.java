package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;

/**
 * A counter that goes up and down (Shapiro et al., comprehensive study, 2011, §3.1.3).
 *
 * @param added what each replica has added
 * @param subtracted what each replica has subtracted
 */
public record PnCounter(VersionVector added, VersionVector subtracted)
    implements Lattice<PnCounter> {

  public static final PnCounter ZERO = new PnCounter(VersionVector.EMPTY, VersionVector.EMPTY);

  /**
   * What was added, less what was subtracted.
   *
   * @throws ArithmeticException if either sum is above what a long holds
   */
  public long value() {
    return added.sum() - subtracted.sum();
  }

  /** The delta that adds so much, or subtracts if negative. */
  public PnCounter add(ReplicaId by, long amount) {
    return amount >= 0
        ? new PnCounter(GCounter.grown(added, by, amount), VersionVector.EMPTY)
        : new PnCounter(
            VersionVector.EMPTY, GCounter.grown(subtracted, by, Math.negateExact(amount)));
  }

  @Override
  public PnCounter merge(PnCounter other) {
    return new PnCounter(added.merge(other.added), subtracted.merge(other.subtracted));
  }
}
