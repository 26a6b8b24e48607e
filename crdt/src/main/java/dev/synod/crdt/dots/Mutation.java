package dev.synod.crdt.dots;

import dev.synod.crdt.clock.ReplicaId;

/**
 * A change, as a function from the state to a delta (the delta mutators of Almeida et al. 2018,
 * §4). It works the same on a value that stands alone and on one inside a map.
 *
 * @param empty the store that it starts from where there is none yet
 * @param change makes the delta
 * @param <S> the kind of store
 */
public record Mutation<S extends DotStore<S>>(S empty, Change<S> change) {

  /** See {@link #delta}. */
  @FunctionalInterface
  public interface Change<S extends DotStore<S>> {
    Causal<S> delta(S store, CausalContext context, ReplicaId by);
  }

  /** Removes all that is there and was seen. */
  public static <S extends DotStore<S>> Mutation<S> clearing(S empty) {
    return new Mutation<>(
        empty, (store, context, by) -> new Causal<>(store.vacated(by), store.context()));
  }

  /**
   * The delta of this change.
   *
   * @param store as it is at that replica
   * @param context all that the replica knows, for its next dot
   * @param by the replica
   */
  public Causal<S> delta(S store, CausalContext context, ReplicaId by) {
    return change.delta(store, context, by);
  }
}
