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
 * @param <T> the type
 */
public record Family<T extends Lattice<T>>(String prefix, TypeCodec<T> codec, T empty) {

  Entry<T> first() {
    return new Entry<>(this, empty, dev.synod.crdt.clock.VersionVector.EMPTY);
  }
}
