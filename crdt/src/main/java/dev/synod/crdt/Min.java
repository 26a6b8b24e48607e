package dev.synod.crdt;

import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;

/**
 * The lowest value of all that were given.
 *
 * @param value the lowest one so far, if there was any
 * @param <V> values, of which those that compare as equal are equal
 */
public record Min<V extends Comparable<? super V>>(Optional<V> value) implements Lattice<Min<V>> {

  public static <V extends Comparable<? super V>> Min<V> empty() {
    return new Min<V>(Optional.empty());
  }

  public static <V extends Comparable<? super V>> Min<V> of(V value) {
    return new Min<V>(Optional.of(value));
  }

  /** The delta that gives this value. */
  public Min<V> give(V given) {
    return of(given);
  }

  @Override
  public Min<V> merge(Min<V> other) {
    if (value.isEmpty() || other.value.isEmpty()) {
      return value.isEmpty() ? other : this;
    }
    return value.get().compareTo(other.value.get()) <= 0 ? this : other;
  }
}
