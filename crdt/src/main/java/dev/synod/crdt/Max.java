package dev.synod.crdt;

import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;

/**
 * The highest value of all that were given.
 *
 * @param value the highest one so far, if there was any
 * @param <V> values, of which those that compare as equal are equal
 */
public record Max<V extends Comparable<? super V>>(Optional<V> value) implements Lattice<Max<V>> {

  public static <V extends Comparable<? super V>> Max<V> empty() {
    return new Max<V>(Optional.empty());
  }

  public static <V extends Comparable<? super V>> Max<V> of(V value) {
    return new Max<V>(Optional.of(value));
  }

  /** The delta that gives this value. */
  public Max<V> give(V given) {
    return of(given);
  }

  @Override
  public Max<V> merge(Max<V> other) {
    if (value.isEmpty() || other.value.isEmpty()) {
      return value.isEmpty() ? other : this;
    }
    return value.get().compareTo(other.value.get()) >= 0 ? this : other;
  }
}
