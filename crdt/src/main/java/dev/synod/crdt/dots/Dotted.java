package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A type that is a store in a causal context. What it knows of dots that are no longer alive can be
 * dropped once nobody can tell of them any more (causal stability: Baquero, Almeida, Shoker 2014,
 * §4).
 *
 * @param <T> the type itself
 * @param <S> the kind of store
 */
public interface Dotted<T extends Dotted<T, S>, S extends DotStore<S>> extends Lattice<T> {

  Causal<S> state();

  /** This type with that state. */
  T with(Causal<S> state);

  @Override
  default int weight() {
    return state().store().dots();
  }

  /** Whether no dot is alive: all that is known is what was removed. */
  default boolean isBare() {
    return state().store().isEmpty();
  }

  /** The number of that replica's last dot that is known. */
  default long lastOf(ReplicaId replica) {
    return state().context().next(replica).counter() - 1;
  }

  /**
   * As if that replica had made so many dots, so that its next one has a higher number: some of
   * which nothing is known here were made before all that was known of them was dropped.
   */
  default T after(ReplicaId replica, long dots) {
    if (dots <= lastOf(replica)) {
      return with(state());
    }
    var known = CausalContext.upTo(new Dot(replica, dots));
    return with(new Causal<>(state().store(), state().context().merge(known)));
  }

  /** Whether any dot of these replicas is known. */
  default boolean knows(Predicate<ReplicaId> replicas) {
    boolean[] knows = {false};
    state().context().forEachRun((replica, first, last) -> knows[0] |= replicas.test(replica));
    return knows[0];
  }

  /** The dots that still count in that value; see {@link DotStore#forEachIn}. */
  default Set<Dot> dotsIn(T there) {
    var dots = new LinkedHashSet<Dot>();
    state().store().forEachIn(there.state().store(), dots::add);
    return dots;
  }

  /** With no dots alive but these; the others are ended. */
  default T ending(Collection<Dot> but) {
    return with(new Causal<>(state().store().only(CausalContext.of(but)), state().context()));
  }

  /** With no dots alive but these, and as if nothing were known of the others that are. */
  default T forgetting(Collection<Dot> but) {
    var store = state().store();
    var kept = store.only(CausalContext.of(but));
    var ended = state().context().without(store.context());
    return with(new Causal<>(kept, ended.merge(kept.context())));
  }

  /** Without what is known of dots of these replicas, but for those that are alive. */
  default T without(Predicate<ReplicaId> replicas) {
    Set<Dot> alive = new HashSet<>();
    state()
        .store()
        .forEach(
            dot -> {
              if (replicas.test(dot.replica())) {
                alive.add(dot);
              }
            });
    var rest = new RunList(state().context().runs());
    state()
        .context()
        .forEachRun(
            (replica, first, last) -> {
              if (!replicas.test(replica)) {
                rest.add(replica, first, last);
              }
            });
    return with(new Causal<>(state().store(), rest.toContext().merge(CausalContext.of(alive))));
  }
}
