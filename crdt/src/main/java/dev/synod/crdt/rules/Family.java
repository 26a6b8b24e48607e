package dev.synod.crdt.rules;

import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.wire.TypeCodec;

/**
 * All keys that begin with a prefix have values of one type. Every replica has the same families; a
 * replica is asked with the very one that it was made with.
 *
 * @param prefix of the keys
 * @param codec of the values, the same at all replicas
 * @param empty the value of a key before the first change
 * @param isSwept whether replicas that a registry gave their ids drop what all know to be gone
 * @param <T> the type
 */
public record Family<T extends Lattice<T>>(
    String prefix, TypeCodec<T> codec, T empty, boolean isSwept) {

  /** One that is swept. */
  public Family(String prefix, TypeCodec<T> codec, T empty) {
    this(prefix, codec, empty, true);
  }

  /**
   * The same, whose keys and what removals leave in their values are never dropped: for values that
   * somebody keeps who is none of the replicas, and who may bring them again at any time.
   */
  public Family<T> unswept() {
    return new Family<>(prefix, codec, empty, false);
  }

  Entry<T> first() {
    return new Entry<>(this, empty, dev.synod.crdt.clock.VersionVector.EMPTY);
  }
}
