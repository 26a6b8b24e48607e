package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotMap;
import dev.synod.crdt.dots.DotSet;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.dots.Mutation;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set whose elements come and go: added and removed at once, an element is there. Also known as
 * OR-set (Almeida et al. 2018, figure 6a). A removal leaves nothing behind.
 *
 * @param <E> elements
 */
public record AddWinsSet<E>(Causal<DotMap<E, DotSet>> state)
    implements Dotted<AddWinsSet<E>, DotMap<E, DotSet>> {

  /** As which a set inside a map is changed. */
  public static <E> Mutation<DotMap<E, DotSet>> adding(E element) {
    return DotMap.updating(element, DotSet.renewing());
  }

  public static <E> Mutation<DotMap<E, DotSet>> removing(E element) {
    return DotMap.removing(element);
  }

  public static <E> Mutation<DotMap<E, DotSet>> clearing() {
    return Mutation.clearing(DotMap.none());
  }

  public static <E> AddWinsSet<E> empty() {
    return new AddWinsSet<>(Causal.of(DotMap.none()));
  }

  public int size() {
    return state.store().size();
  }

  public boolean contains(E element) {
    return state.store().containsKey(element);
  }

  /** All elements, copied. */
  public Set<E> elements() {
    return new LinkedHashSet<>(state.store().keys());
  }

  /** The delta that adds this element. */
  public AddWinsSet<E> add(ReplicaId by, E element) {
    return new AddWinsSet<>(state.delta(adding(element), by));
  }

  /** The delta that removes this element as far as it was added here; an empty one if not. */
  public AddWinsSet<E> remove(ReplicaId by, E element) {
    return new AddWinsSet<>(state.delta(removing(element), by));
  }

  /** The delta that removes all elements that are here. */
  public AddWinsSet<E> clear(ReplicaId by) {
    return new AddWinsSet<>(state.delta(clearing(), by));
  }

  @Override
  public AddWinsSet<E> with(Causal<DotMap<E, DotSet>> changed) {
    return new AddWinsSet<>(changed);
  }

  @Override
  public AddWinsSet<E> merge(AddWinsSet<E> other) {
    return new AddWinsSet<>(state.merge(other.state));
  }
}
