package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.DotMap;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.dots.Mutation;
import dev.synod.crdt.dots.Written;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set whose elements come and go: added and removed at once, an element is not there (Almeida et
 * al. 2018, figure 6b). An element that was removed and not added since leaves one dot behind.
 *
 * @param <E> elements
 */
public record RemoveWinsSet<E>(Causal<DotMap<E, DotFun<Written<Boolean>>>> state)
    implements Dotted<RemoveWinsSet<E>, DotMap<E, DotFun<Written<Boolean>>>> {

  /** As which a set inside a map is changed. */
  public static <E> Mutation<DotMap<E, DotFun<Written<Boolean>>>> adding(E element) {
    return DotMap.updating(element, DotFun.writing(new Written<>(Boolean.TRUE)));
  }

  public static <E> Mutation<DotMap<E, DotFun<Written<Boolean>>>> removing(E element) {
    return DotMap.updating(element, DotFun.writing(new Written<>(Boolean.FALSE)));
  }

  public static <E> RemoveWinsSet<E> empty() {
    return new RemoveWinsSet<>(Causal.of(DotMap.none()));
  }

  public boolean contains(E element) {
    return state.store().get(element).map(RemoveWinsSet::isAdded).orElse(false);
  }

  private static boolean isAdded(DotFun<Written<Boolean>> marks) {
    boolean[] added = {!marks.isEmpty()};
    marks.forEach((dot, mark) -> added[0] &= mark.value());
    return added[0];
  }

  /** All elements, copied. */
  public Set<E> elements() {
    var elements = new LinkedHashSet<E>();
    state
        .store()
        .forEach(
            (E element, DotFun<Written<Boolean>> marks) -> {
              if (isAdded(marks)) {
                elements.add(element);
              }
            });
    return elements;
  }

  /** The delta that adds this element, over all removals that are known here. */
  public RemoveWinsSet<E> add(ReplicaId by, E element) {
    return new RemoveWinsSet<>(state.delta(adding(element), by));
  }

  /** The delta that removes this element, also where others are adding it now. */
  public RemoveWinsSet<E> remove(ReplicaId by, E element) {
    return new RemoveWinsSet<>(state.delta(removing(element), by));
  }

  @Override
  public RemoveWinsSet<E> with(Causal<DotMap<E, DotFun<Written<Boolean>>>> changed) {
    return new RemoveWinsSet<>(changed);
  }

  @Override
  public RemoveWinsSet<E> merge(RemoveWinsSet<E> other) {
    return new RemoveWinsSet<>(state.merge(other.state));
  }
}
