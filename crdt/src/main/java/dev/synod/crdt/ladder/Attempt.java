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

  Attempt(LadderFamily<T, O> family, O operation) {
    this.family = family;
    this.operation = operation;
  }

  @Override
  public T apply(T value, ReplicaId self) {
    var delta = family.change().delta(value, self, operation);
    if (delta.isEmpty()) {
      refusing = value;
      throw new IllegalStateException("the operation can't be done on the value as it is");
    }
    return delta.get();
  }

  /** The value on which it could not be done; empty if it was, or has failed. */
  Optional<T> refusing() {
    return Optional.ofNullable(refusing);
  }

  /** How many rights it takes. */
  long needs() {
    return family.needs().applyAsLong(operation);
  }
}
