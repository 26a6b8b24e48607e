package dev.synod.crdt.ladder;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * All keys that begin with a prefix have values of one type, and can be in any mode. The same at
 * all nodes.
 *
 * @param values the prefix, the type, and how it is written; {@linkplain Family#unswept unswept}
 * @param operations the class of all operations: immutable, with a Pekko serializer that is fit for
 *     what is kept on disk, as commands of groups have
 * @param change what an operation does
 * @param needs how many rights to subtract an operation takes; 0 where there is no such thing
 * @param <T> values
 * @param <O> operations
 */
public record LadderFamily<T extends Lattice<T>, O>(
    Family<T> values, Class<O> operations, LadderChange<T, O> change, ToLongFunction<O> needs) {

  public LadderFamily {
    values = values.unswept(); // the group has values of them, and is no replica
  }

  /** An operation that can always be done, as its delta. */
  @FunctionalInterface
  public interface Always<T extends Lattice<T>, O> {
    T delta(T value, ReplicaId by, O operation);
  }

  /** Entities whose operations can always be done. */
  public static <T extends Lattice<T>, O> LadderFamily<T, O> of(
      Family<T> values, Class<O> operations, Always<T, O> change) {
    return new LadderFamily<>(
        values,
        operations,
        (value, by, operation) -> Optional.of(change.delta(value, by, operation)),
        operation -> 0);
  }

  /**
   * Counters that are never below their minimum.
   *
   * @param amount what an operation adds; negative if it subtracts. One of 0 can't be done
   */
  public static <O> LadderFamily<BoundedCounter, O> bounded(
      Family<BoundedCounter> values, Class<O> operations, ToLongFunction<O> amount) {
    return new LadderFamily<>(
        values,
        operations,
        (counter, by, operation) -> {
          long more = amount.applyAsLong(operation);
          if (more == 0) {
            return Optional.empty();
          }
          return more > 0
              ? Optional.of(counter.increment(by, more))
              : counter.decrement(by, Math.negateExact(more));
        },
        operation -> Math.max(0, Math.negateExact(amount.applyAsLong(operation))));
  }

  /** Whether {@link ConsistencyMode#BOUNDED} makes sense for its entities. */
  public boolean hasRights() {
    return values.empty() instanceof BoundedCounter;
  }
}
