package dev.synod.crdt.rules;

import dev.synod.crdt.lattice.Lattice;

/** A change that a replica has made and that the one after it makes anew. */
public record Inherited<T extends Lattice<T>>(Family<T> family, String key, T delta) {

  /** Makes it. */
  public Step on(Replication replication) {
    return replication.update(family, key, value -> delta);
  }
}
