package dev.synod.crdt.dots;

import dev.synod.core.Invariants;

/**
 * A value as one event wrote it: it never changes.
 *
 * @param value immutable
 * @param <T> the value's type
 */
public record Written<T>(T value) implements DotValue<Written<T>> {

  @Override
  public Written<T> merge(Written<T> other) {
    Invariants.check(
        value.equals(other.value),
        "one dot was written twice, so two replicas have one id: %s and %s",
        value,
        other.value);
    return this;
  }
}
