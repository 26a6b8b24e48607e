package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store in its causal context: which dots are alive, and which are known (Almeida et al. 2018,
 * §7.3). A state and a delta are both of this form; the context of a delta holds only the dots that
 * it adds and those that it ends.
 *
 * @param store the dots that are alive
 * @param context the dots that are known; all that are alive are known
 * @param <S> the kind of store
 */
public record Causal<S extends DotStore<S>>(S store, CausalContext context)
    implements Lattice<Causal<S>> {

  /** Nothing alive, nothing known. */
  public static <S extends DotStore<S>> Causal<S> of(S empty) {
    return new Causal<>(empty, CausalContext.EMPTY);
  }

  /** Takes time by the dots that the smaller of the two has alive and knows. */
  @Override
  public Causal<S> merge(Causal<S> other) {
    var joined =
        store.dots() >= other.store.dots()
            ? store.merge(context, other.store, other.context, DotChanges.UNHEARD)
            : other.store.merge(other.context, store, context, DotChanges.UNHEARD);
    return new Causal<>(joined, context.merge(other.context));
  }

  /** The delta of that change by that replica, to be merged here and elsewhere. */
  public Causal<S> delta(Mutation<S> mutation, ReplicaId by) {
    return mutation.delta(store, context, by);
  }

  /** The delta that ends dots of that replica which carry nothing any more. Goes through all. */
  public Causal<S> settle(ReplicaId by) {
    var settled = new ArrayList<Dot>();
    store.forEachSettled(by, settled::add);
    return new Causal<>(store.empty(), CausalContext.of(settled));
  }

  /**
   * This in parts, by ranges of dots: merged, in any order, they are this again, and each may be
   * merged by itself. For values that are larger than a message.
   *
   * @param dotsMax how many dots are alive in a part, at least 1
   */
  public List<Causal<S>> parts(int dotsMax) {
    var alive = new ArrayList<Dot>(store.dots());
    store.forEach(alive::add);
    alive.sort(null);
    var parts = new ArrayList<Causal<S>>();
    Dot after = null;
    for (int from = 0; from < alive.size() - dotsMax; from += dotsMax) {
      Dot upTo = alive.get(from + dotsMax - 1);
      parts.add(part(alive.subList(from, from + dotsMax), after, upTo));
      after = upTo;
    }
    parts.add(part(alive.subList(parts.size() * dotsMax, alive.size()), after, null));
    return parts;
  }

  private Causal<S> part(List<Dot> alive, @Nullable Dot after, @Nullable Dot upTo) {
    return new Causal<>(store.only(CausalContext.of(alive)), context.between(after, upTo));
  }
}
