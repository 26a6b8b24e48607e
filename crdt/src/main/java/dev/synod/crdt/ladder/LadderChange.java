package dev.synod.crdt.ladder;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;

/**
 * What an operation does to a value. Deterministic: replicas of a group do it each for itself, and
 * must come to the same. What it needs of the world, such as the time, stands in the operation.
 *
 * @param <T> values
 * @param <O> operations
 */
@FunctionalInterface
public interface LadderChange<T extends Lattice<T>, O> {

  /**
   * The delta, to be merged into that value; none if the operation can't be done on it.
   *
   * @param by whose change it is: a node's replica, or the group
   */
  Optional<T> delta(T value, ReplicaId by, O operation);
}
