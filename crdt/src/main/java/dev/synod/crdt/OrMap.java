package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotMap;
import dev.synod.crdt.dots.DotStore;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.dots.Mutation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A map of keys to values that are replicated types themselves, maps included. Removing a key
 * removes what its value was as far as that was seen, and nothing else: what others change at the
 * same time stays (Almeida et al. 2018, §7.4.4; the semantics of Riak's map, Brown et al. 2014).
 *
 * <pre>{@code
 * cart = cart.merge(cart.update(me, "milk", ResettableCounter.adding(2)));
 * cart = cart.merge(cart.remove(me, "bread"));
 * }</pre>
 *
 * @param <K> keys
 * @param <S> the store of the values' type, such as {@code DotFun<Tally>} for counters
 */
public record OrMap<K, S extends DotStore<S>>(Causal<DotMap<K, S>> state)
    implements Dotted<OrMap<K, S>, DotMap<K, S>> {

  /** As which a map inside a map is changed. */
  public static <K, S extends DotStore<S>> Mutation<DotMap<K, S>> updating(
      K key, Mutation<S> mutation) {
    return DotMap.updating(key, mutation);
  }

  public static <K, S extends DotStore<S>> Mutation<DotMap<K, S>> removing(K key) {
    return DotMap.removing(key);
  }

  public static <K, S extends DotStore<S>> OrMap<K, S> empty() {
    return new OrMap<>(Causal.of(DotMap.<K, S>none()));
  }

  /** The key's value, to be looked at as its own type; none if the key is not there. */
  public Optional<Causal<S>> get(K key) {
    return state
        .store()
        .get(key)
        .filter(store -> !store.isVacant())
        .map(store -> new Causal<>(store, state.context()));
  }

  public boolean containsKey(K key) {
    return get(key).isPresent();
  }

  /** All keys, copied. */
  public Set<K> keys() {
    var keys = new LinkedHashSet<K>();
    state
        .store()
        .forEach(
            (K key, S store) -> {
              if (!store.isVacant()) {
                keys.add(key);
              }
            });
    return keys;
  }

  /** The delta that changes the key's value, or makes one. */
  public OrMap<K, S> update(ReplicaId by, K key, Mutation<S> mutation) {
    return new OrMap<>(state.delta(updating(key, mutation), by));
  }

  /** The delta that removes the key as far as it is known here; an empty one if it is not. */
  public OrMap<K, S> remove(ReplicaId by, K key) {
    return new OrMap<>(state.delta(removing(key), by));
  }

  /** The delta that removes all keys that are here. */
  public OrMap<K, S> clear(ReplicaId by) {
    return new OrMap<>(state.delta(Mutation.clearing(DotMap.none()), by));
  }

  /**
   * The delta that drops what is left of this replica's counters after others removed them; an
   * empty one if there is nothing. To be merged and sent now and then: without it they take space.
   * Goes through all keys.
   */
  public OrMap<K, S> settle(ReplicaId by) {
    return new OrMap<>(state.settle(by));
  }

  @Override
  public OrMap<K, S> with(Causal<DotMap<K, S>> changed) {
    return new OrMap<>(changed);
  }

  @Override
  public OrMap<K, S> merge(OrMap<K, S> other) {
    return new OrMap<>(state.merge(other.state));
  }
}
