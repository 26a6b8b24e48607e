package dev.synod.crdt;

import dev.synod.crdt.lattice.Lattice;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set whose elements are added once and removed once: what was removed never comes back (Shapiro
 * et al., comprehensive study, 2011, §3.3.2). Removed elements are kept for ever.
 *
 * @param added all that ever were in it
 * @param removed those that were removed
 * @param <E> elements
 */
public record TwoPhaseSet<E>(GSet<E> added, GSet<E> removed) implements Lattice<TwoPhaseSet<E>> {

  public static <E> TwoPhaseSet<E> empty() {
    return new TwoPhaseSet<>(GSet.empty(), GSet.empty());
  }

  public boolean contains(E element) {
    return added.contains(element) && !removed.contains(element);
  }

  /** All elements, copied. */
  public Set<E> elements() {
    var elements = new LinkedHashSet<E>();
    added.members().forEach((element, yes) -> addIfThere(elements, element));
    return elements;
  }

  private void addIfThere(Set<E> elements, E element) {
    if (!removed.contains(element)) {
      elements.add(element);
    }
  }

  /** The delta that adds this element; without effect if it was ever removed. */
  public TwoPhaseSet<E> add(E element) {
    return new TwoPhaseSet<>(GSet.of(element), GSet.empty());
  }

  /** The delta that removes this element; without effect if it is not seen here. */
  public TwoPhaseSet<E> remove(E element) {
    return contains(element) ? new TwoPhaseSet<>(GSet.empty(), GSet.of(element)) : empty();
  }

  @Override
  public int weight() {
    return added.size();
  }

  @Override
  public TwoPhaseSet<E> merge(TwoPhaseSet<E> other) {
    return new TwoPhaseSet<>(added.merge(other.added), removed.merge(other.removed));
  }
}
