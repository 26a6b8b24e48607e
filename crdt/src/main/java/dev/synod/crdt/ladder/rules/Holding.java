package dev.synod.crdt.ladder.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Kept;
import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An entity's value as the group has it. It is never dropped: the group's own dots and counts are
 * in it.
 *
 * @param value while the entity is linearizable, the value
 * @param token what callers of its operations had seen
 */
record Holding<T extends Lattice<T>, O>(LadderFamily<T, O> family, T value, CausalToken token) {

  static <T extends Lattice<T>, O> Holding<T, O> first(LadderFamily<T, O> family) {
    return new Holding<>(family, family.values().empty(), CausalToken.NONE);
  }

  /**
   * As it was kept.
   *
   * @throws IllegalArgumentException if that is no value of the family
   */
  static <T extends Lattice<T>, O> Holding<T, O> of(LadderFamily<T, O> family, Kept kept) {
    return new Holding<>(family, family.values().codec().decode(kept.value()), kept.token());
  }

  Bytes encoded() {
    return family.values().codec().encode(value);
  }

  private Holding<T, O> with(T changed) {
    return new Holding<>(family, changed, token);
  }

  /**
   * With a node's value.
   *
   * @throws IllegalArgumentException if that is no value of the family
   */
  Holding<T, O> merge(Bytes other) {
    var theirs = family.values().codec().decode(other);
    if (theirs instanceof BoundedCounter counter) {
      counter().ifPresent(mine -> requireSame(mine.minimum(), counter.minimum()));
    }
    return with(value.merge(theirs));
  }

  /** One node with another family must not stop the group. */
  private static void requireSame(long minimum, long theirs) {
    if (minimum != theirs) {
      throw new IllegalArgumentException(
          "a counter whose minimum is %d, not %d".formatted(theirs, minimum));
    }
  }

  /** Whether that is an operation of its family. */
  boolean knows(Operate operate) {
    return family.operations().isInstance(operate.operation());
  }

  /** How many rights it takes. */
  long needs(Operate operate) {
    return family.needs().applyAsLong(family.operations().cast(operate.operation()));
  }

  /** After an operation; none if that can't be done. */
  Optional<Holding<T, O>> after(Operate operate, ReplicaId by) {
    var operation = family.operations().cast(operate.operation());
    return family
        .change()
        .delta(value, by, operation)
        .map(delta -> new Holding<>(family, value.merge(delta), token.merge(operate.after())));
  }

  /** The counter, if it is one. */
  Optional<BoundedCounter> counter() {
    return value instanceof BoundedCounter counter ? Optional.of(counter) : Optional.empty();
  }

  /** With another counter in place of this one; itself if it is none. */
  @SuppressWarnings("unchecked") // T is the counter's type, since the value is one
  Holding<T, O> withCounter(UnaryOperator<BoundedCounter> change) {
    return counter().map(counter -> with((T) change.apply(counter))).orElse(this);
  }
}
