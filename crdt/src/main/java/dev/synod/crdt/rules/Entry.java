package dev.synod.crdt.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;

/**
 * A key's value, and which changes are merged into it: of each replica, all up to a number. So
 * versions that are equal mean values that are, without a look at them; but for what is known of
 * dots that all know to be gone, which one replica may have dropped and another not.
 *
 * @param version the number of the last change of each replica
 */
record Entry<T extends Lattice<T>>(Family<T> family, T value, VersionVector version) {

  Entry<T> merge(T other, VersionVector versionThere) {
    return new Entry<>(family, value.merge(other), version.merge(versionThere));
  }

  /**
   * With what these bytes say.
   *
   * @throws IllegalArgumentException if they say nothing of this type
   */
  Entry<T> mergeBytes(Bytes other, VersionVector versionThere) {
    return merge(family.codec().decode(other), versionThere);
  }

  /** With what was read by the codec of the same family. */
  @SuppressWarnings("unchecked") // one key, one family, one type
  Entry<T> mergeRead(Lattice<?> other, VersionVector versionThere) {
    return merge((T) other, versionThere);
  }

  Bytes encoded() {
    return family.codec().encode(value);
  }
}
