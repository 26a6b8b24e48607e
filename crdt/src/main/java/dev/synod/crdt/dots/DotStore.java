package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import java.util.function.Consumer;

/**
 * The dots that are alive, and what they carry (Almeida et al. 2018, §7.1). Immutable. A dot stands
 * at one place of a store only.
 *
 * @param <S> the type itself
 */
public interface DotStore<S extends DotStore<S>> {

  /** A store of this kind without a dot. */
  S empty();

  /** How many dots are alive. */
  int dots();

  default boolean isEmpty() {
    return dots() == 0;
  }

  /** Whether nothing is to be seen: no dot is alive, or only such as wait for their replica. */
  boolean isVacant();

  /** Goes through all dots that are alive, in no order. */
  void forEach(Consumer<Dot> each);

  /**
   * Goes through the dots that still count where others are alive: those that are alive there, too;
   * of a place where others took the place of all, the last one; none of a place that is vacant.
   */
  void forEachIn(S there, Consumer<Dot> each);

  /**
   * What is left after that replica has removed all that is here. Mostly nothing; a counter of
   * others stays, as a note of how much of it is gone, until its replica has seen that.
   */
  S vacated(ReplicaId by);

  /** Dots of that replica that carry nothing any more and that only it may end. */
  void forEachSettled(ReplicaId by, Consumer<Dot> each);

  /** All dots that are alive, as a context. */
  default CausalContext context() {
    var dots = new java.util.ArrayList<Dot>(dots());
    forEach(dots::add);
    return CausalContext.of(dots);
  }

  /**
   * The join of this, in a context, with another, in its own (Almeida et al. 2018, figure 3): what
   * both have alive is merged; what one has alive stays unless the other knows and lacks it. Takes
   * time by the other's dots and those that it knows, not by the dots that are alive here.
   */
  S merge(CausalContext known, S other, CausalContext knownThere, DotChanges changes);

  /** This with no other dots than those of the context. */
  S only(CausalContext kept);

  /** This without the dots of the context. */
  S without(CausalContext gone, DotChanges changes);
}
