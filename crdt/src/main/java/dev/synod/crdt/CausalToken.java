package dev.synod.crdt;

import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;

/**
 * What somebody has seen and written, to be shown to whichever replica it turns to next. A replica
 * that has merged all of it shows nothing older: one reads one's own writes, reads do not go back,
 * and writes follow what was read before (Terry et al.: "Session Guarantees for Weakly Consistent
 * Replicated Data", 1994). It grows with the replicas that ever were, not with what was seen; as
 * bytes, such as for a cookie, by {@link dev.synod.crdt.wire.ClockCodecs#vector}.
 *
 * @param changes of each replica, all changes up to a number
 */
public record CausalToken(VersionVector changes) implements Lattice<CausalToken> {

  /** Nothing was seen. */
  public static final CausalToken NONE = new CausalToken(VersionVector.EMPTY);

  @Override
  public CausalToken merge(CausalToken other) {
    return new CausalToken(changes.merge(other.changes));
  }
}
