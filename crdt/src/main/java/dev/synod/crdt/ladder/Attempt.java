package dev.synod.crdt.ladder;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is done by this node's replica, in its actor, and what came of it: to be looked
 * at once that has answered.
 */
final class Attempt<T extends Lattice<T>, O> implements BiFunction<T, ReplicaId, T> {

  private final LadderFamily<T, O> family;
  private final O operation;
  private volatile @Nullable T refusing;
  private volatile boolean isTried;
  private volatile long needs;

  Attempt(LadderFamily<T, O> family, O operation) {
    this.family = family;
    this.operation = operation;
  }

  @Override
  public T apply(T value, ReplicaId self) {
    isTried = true;
    var delta = family.change().delta(value, self, operation);
    if (delta.isEmpty()) {
      needs = family.needs().applyAsLong(operation);
      refusing = value;
      throw new IllegalStateException("the operation can't be done on the value as it is");
    }
    return delta.get();
  }

  /** Whether the replica has tried it; if not, it had no time for it, or was another one. */
  boolean isTried() {
    return isTried;
  }

  /** The value on which it could not be done; empty if it was, or has failed. */
  Optional<T> refusing() {
    return Optional.ofNullable(refusing);
  }

  /** How many rights it takes, if it could not be done. */
  long needs() {
    return needs;
  }
}
