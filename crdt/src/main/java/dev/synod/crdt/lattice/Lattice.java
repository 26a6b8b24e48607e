package dev.synod.crdt.lattice;

/**
 * A value that grows only, in a partial order in which any two values have a least upper bound: a
 * join-semilattice. Replicas that have merged the same values are equal, in whatever order and
 * however often they did it (Shapiro et al., "Conflict-free Replicated Data Types", 2011, §2.2).
 *
 * <p>Values are immutable. A change is a value too, a <em>delta</em>: small, of the same type, to
 * be merged like any other (Almeida, Shoker, Baquero: "Delta State Replicated Data Types", 2018,
 * §4).
 *
 * @param <L> the type itself
 */
public interface Lattice<L extends Lattice<L>> {

  /**
   * The least upper bound of this and the other: all that either knows. Idempotent, commutative and
   * associative. What it takes is proportional to the smaller of the two where the type says so.
   */
  L merge(L other);

  /**
   * About how many elements it has, which takes no time to say: a value of many takes long to write
   * and may be written by another thread than one that others wait for.
   */
  default int weight() {
    return 1;
  }

  /** Whether merging this into the other would change nothing: the other knows all of it. */
  default boolean isPartOf(L other) {
    return other.equals(merge(other));
  }
}
