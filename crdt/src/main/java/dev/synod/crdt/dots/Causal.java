package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import java.util.ArrayList;

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
    settled.sort(null);
    var runs = new RunList(settled.size());
    settled.forEach(dot -> runs.add(dot.replica().number(), dot.counter(), dot.counter()));
    return new Causal<>(store.empty(), runs.toContext());
  }
}
