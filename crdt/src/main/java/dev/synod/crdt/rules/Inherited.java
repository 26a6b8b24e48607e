package dev.synod.crdt.rules;

import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.KeptRecord.KeyedChange;
import java.util.ArrayList;

/** A change that a replica has made and that the one after it makes anew. */
public record Inherited<T extends Lattice<T>>(Family<T> family, String key, T delta) {

  /** Makes it. */
  public Step on(Replication replication) {
    var step = replication.update(family, key, value -> delta);
    var effects = new ArrayList<>(step.effects());
    effects.add(new Effect.Anew());
    return new Step(step.after(), effects);
  }

  /** As it is kept. */
  KeyedChange kept() {
    return new KeyedChange(key, family.codec().encode(delta));
  }

  /**
   * As it was kept.
   *
   * @throws IllegalArgumentException if that can't be a change of that family
   */
  static <T extends Lattice<T>> Inherited<T> of(Family<T> family, KeyedChange kept) {
    return new Inherited<>(family, kept.key(), family.codec().decode(kept.delta()));
  }
}
