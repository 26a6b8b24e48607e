package dev.synod.crdt.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.wire.Codec;
import org.jspecify.annotations.Nullable;

/** A change that this replica made: a key and the delta. */
record OwnChange<T extends Lattice<T>>(String key, Family<T> family, T delta) {

  Bytes encoded() {
    return family.codec().encode(delta);
  }

  /**
   * Sees that others can be told of it.
   *
   * @throws IllegalArgumentException if not
   */
  void requireBytes() {
    Codec.text().encode(key);
    encoded();
  }

  /** This after an earlier one of the same key, as one. */
  @SuppressWarnings("unchecked") // changes of one key are of one family
  OwnChange<T> after(ChangeLog.@Nullable Joined before) {
    return before == null
        ? this
        : new OwnChange<>(key, family, ((T) before.change().delta()).merge(delta));
  }
}
