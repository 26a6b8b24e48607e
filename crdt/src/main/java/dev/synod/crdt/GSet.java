package dev.synod.crdt;

import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set that only grows (Shapiro et al., comprehensive study, 2011, §3.3.1).
 *
 * @param <E> elements
 */
public record GSet<E>(PersistentMap<E, Boolean> members) implements Lattice<GSet<E>> {

  public static <E> GSet<E> empty() {
    return new GSet<>(PersistentMap.empty());
  }

  public static <E> GSet<E> of(E element) {
    return new GSet<>(PersistentMap.<E, Boolean>empty().with(element, Boolean.TRUE));
  }

  public int size() {
    return members.size();
  }

  public boolean contains(E element) {
    return members.containsKey(element);
  }

  /** All elements, copied. */
  public Set<E> elements() {
    return new LinkedHashSet<>(members.keys());
  }

  /** The delta that adds this element. */
  public GSet<E> add(E element) {
    return of(element);
  }

  @Override
  public int weight() {
    return size();
  }

  /** Takes time by the smaller set. */
  @Override
  public GSet<E> merge(GSet<E> other) {
    if (size() < other.size()) {
      return other.merge(this);
    }
    var merged = members;
    for (E element : other.members.keys()) {
      merged = merged.with(element, Boolean.TRUE);
    }
    return new GSet<>(merged);
  }
}
