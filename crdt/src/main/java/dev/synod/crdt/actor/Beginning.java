package dev.synod.crdt.actor;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Replication;
import java.util.List;

/**
 * What a replicator begins with.
 *
 * @param self its replica
 * @param numbers questions, requests and parcels are numbered from there on, so that no two starts
 *     of a replica use the same number
 * @param replication what the replica has
 * @param inheritance changes of the node's replica before, to be made anew
 */
record Beginning(
    ReplicaId self,
    long numbers,
    Replication replication,
    Keeping keeping,
    Inheritance inheritance) {

  /** More numbers than one start uses: a million a second for twelve days. */
  private static final int NUMBERS_BITS = 40;

  /** A replica that was never there before, and keeps nothing. */
  static Beginning afresh(ReplicatorSetup setup) {
    var self = setup.ids().get();
    return new Beginning(self, 0, empty(self, setup), Keeping.NOTHING, Inheritance.NONE);
  }

  /** Without values; that id was never used before. */
  static Replication empty(ReplicaId self, ReplicatorSetup setup) {
    var limits = setup.settings().limits();
    return Replication.of(self, List.of(), setup.families(), limits).of(setup.shard());
  }

  /** The first number of that start. */
  static long numbersOf(long start) {
    return start << NUMBERS_BITS;
  }
}
