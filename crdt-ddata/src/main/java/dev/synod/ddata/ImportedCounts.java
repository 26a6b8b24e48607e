package dev.synod.ddata;

import dev.synod.crdt.GCounter;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;

/**
 * Counters, all of which was imported under one id. Only the sum is taken over: the nodes' shares
 * in it move from node to node when Distributed Data prunes one that is gone, and would be counted
 * at both.
 *
 * <p>An import adds what is missing to what was imported before. Two replicas may do so without
 * having heard of each other: what was added less what was subtracted under the id is the value
 * that was read, so for the same reading the one with more of both wins, with the same difference.
 */
final class ImportedCounts {

  /** An id that no replica draws; the one above it is that of a ladder's group. */
  static final ReplicaId IMPORTER = new ReplicaId(Integer.MAX_VALUE - 1);

  private ImportedCounts() {}

  /**
   * The delta after which so much was imported; an empty one if that much or more was.
   *
   * @param total not negative
   */
  static GCounter gCounter(GCounter here, long total) {
    long before = here.counts().get(IMPORTER);
    return total <= before ? GCounter.ZERO : here.increment(IMPORTER, total - before);
  }

  /** The delta after which so much was imported; an empty one if exactly that was. */
  static PnCounter pnCounter(PnCounter here, long value) {
    long added = here.added().get(IMPORTER);
    long subtracted = here.subtracted().get(IMPORTER);
    long missing = Math.subtractExact(value, added - subtracted);
    if (missing == 0) {
      return PnCounter.ZERO;
    }
    return new PnCounter(
        count(missing > 0 ? Math.addExact(added, missing) : added),
        count(missing < 0 ? Math.subtractExact(subtracted, missing) : subtracted));
  }

  private static VersionVector count(long number) {
    return VersionVector.of(IMPORTER, number);
  }
}
