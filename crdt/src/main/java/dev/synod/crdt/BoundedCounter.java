package dev.synod.crdt;

import dev.synod.core.Invariants;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A counter that never falls below a minimum, although nobody is asked: a replica subtracts only
 * what it has the right to. Who adds gets rights, and may give them to others: escrow (O'Neil 1986;
 * Balegas et al.: "Extending Eventually Consistent Cloud Databases for Enforcing Numeric
 * Invariants", 2015, §3).
 *
 * @param minimum the least value, and the first one; the same at all replicas
 * @param rights how many went from whom to whom, ever
 * @param used what each replica has subtracted
 */
public record BoundedCounter(long minimum, SortedMap<Transfer, Long> rights, VersionVector used)
    implements Lattice<BoundedCounter> {

  public BoundedCounter {
    rights = Collections.unmodifiableSortedMap(new TreeMap<>(rights));
    if (rights.values().stream().anyMatch(amount -> amount < 1)) {
      throw new IllegalArgumentException("rights are above 0: " + rights);
    }
  }

  /** A counter at its minimum: nobody has the right to subtract. */
  public static BoundedCounter atLeast(long minimum) {
    return new BoundedCounter(minimum, Collections.emptySortedMap(), VersionVector.EMPTY);
  }

  /**
   * The minimum, and what was added less what was subtracted.
   *
   * @throws ArithmeticException if it is above what a long holds
   */
  public long value() {
    long sum = minimum;
    for (var right : rights.entrySet()) {
      if (right.getKey().from().equals(right.getKey().to())) {
        sum = Math.addExact(sum, right.getValue());
      }
    }
    return sum - used.sum();
  }

  /**
   * How much that replica may subtract, as far as is known here; at the replica itself, exactly.
   */
  public long rightsOf(ReplicaId replica) {
    long sum = -used.get(replica);
    for (var right : rights.entrySet()) {
      boolean given = right.getKey().from().equals(replica);
      boolean got = right.getKey().to().equals(replica);
      if (got) {
        sum = Math.addExact(sum, right.getValue());
      } else if (given) {
        sum = Math.subtractExact(sum, right.getValue());
      }
    }
    return sum;
  }

  /** The delta that adds so much, more than 0, and gives that replica the rights to it. */
  public BoundedCounter increment(ReplicaId by, long amount) {
    return granting(new Transfer(by, by), amount);
  }

  /**
   * The delta that subtracts so much, more than 0; none if the replica has not so many rights. Then
   * others may have some to {@link #transfer}.
   */
  public Optional<BoundedCounter> decrement(ReplicaId by, long amount) {
    return mayUse(by, amount)
        ? Optional.of(
            new BoundedCounter(
                minimum, Collections.emptySortedMap(), GCounter.grown(used, by, amount)))
        : Optional.empty();
  }

  /**
   * The delta, made by the giver, that gives another so many rights; none if it has not so many.
   */
  public Optional<BoundedCounter> transfer(ReplicaId by, ReplicaId to, long amount) {
    return mayUse(by, amount) && !by.equals(to)
        ? Optional.of(granting(new Transfer(by, to), amount))
        : Optional.empty();
  }

  private boolean mayUse(ReplicaId by, long amount) {
    requirePositive(amount);
    return amount <= rightsOf(by);
  }

  private BoundedCounter granting(Transfer transfer, long amount) {
    requirePositive(amount);
    long then = Math.addExact(rights.getOrDefault(transfer, 0L), amount);
    return new BoundedCounter(
        minimum, new TreeMap<>(java.util.Map.of(transfer, then)), VersionVector.EMPTY);
  }

  private static void requirePositive(long amount) {
    if (amount < 1) {
      throw new IllegalArgumentException("an amount is above 0, but got " + amount);
    }
  }

  @Override
  public BoundedCounter merge(BoundedCounter other) {
    Invariants.check(
        minimum == other.minimum, "one counter, two minima: %s, %s", minimum, other.minimum);
    var merged = new TreeMap<>(rights);
    other.rights.forEach((transfer, amount) -> merged.merge(transfer, amount, Math::max));
    return new BoundedCounter(minimum, merged, used.merge(other.used));
  }
}
