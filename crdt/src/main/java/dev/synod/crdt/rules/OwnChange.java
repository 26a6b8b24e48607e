package dev.synod.crdt.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.wire.CrdtWriter;
import org.jspecify.annotations.Nullable;

/**
 * A change that this replica made: a key and the delta.
 *
 * @param bytes the delta's, if they are known
 * @param after all changes that were merged here before it
 * @param elsewhere what it follows in other shards, if that is more than those before it do
 * @param era of {@link Elsewhere}
 */
record OwnChange<T extends Lattice<T>>(
    String key,
    Family<T> family,
    T delta,
    @Nullable Bytes bytes,
    VersionVector after,
    CausalToken elsewhere,
    long era) {

  /**
   * A change, as bytes already.
   *
   * @throws IllegalArgumentException if others could not be told of it
   */
  static <T extends Lattice<T>> OwnChange<T> of(
      String key, Family<T> family, T delta, VersionVector after, CausalToken elsewhere, long era) {
    CrdtWriter.requireUnicode(key);
    return new OwnChange<>(key, family, delta, family.codec().encode(delta), after, elsewhere, era);
  }

  Inherited<T> inherited() {
    return new Inherited<>(family, key, delta);
  }

  Bytes encoded() {
    return bytes == null ? family.codec().encode(delta) : bytes;
  }

  /** This after an earlier one of the same key, as one. */
  @SuppressWarnings("unchecked") // changes of one key are of one family
  OwnChange<T> after(ChangeLog.@Nullable Joined before) {
    return before == null
        ? this
        : new OwnChange<>(
            key, family, ((T) before.change().delta()).merge(delta), null, after, elsewhere, era);
  }
}
