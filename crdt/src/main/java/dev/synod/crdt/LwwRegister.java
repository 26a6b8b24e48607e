package dev.synod.crdt;

import dev.synod.core.Invariants;
import dev.synod.crdt.clock.HybridClock;
import dev.synod.crdt.clock.HybridTime;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import java.util.Comparator;
import java.util.Optional;

/**
 * The last write wins (Shapiro et al., comprehensive study, 2011, §3.2.1). Last by hybrid time, so
 * that a write wins over all that its replica had read, however wrong the replica's clock is; among
 * concurrent ones the clocks decide, and all but one are lost.
 *
 * @param last the write that won so far, if there was any
 * @param <V> the value's type
 */
public record LwwRegister<V>(Optional<Write<V>> last) implements Lattice<LwwRegister<V>> {

  private static final Comparator<Write<?>> ORDER =
      Comparator.comparing((Write<?> write) -> write.time()).thenComparing(Write::by);

  /** A value with the moment of its writing. */
  public record Write<V>(HybridTime time, ReplicaId by, V value) {}

  public static <V> LwwRegister<V> empty() {
    return new LwwRegister<>(Optional.empty());
  }

  public Optional<V> value() {
    return last.map(Write::value);
  }

  /**
   * The delta that writes this value.
   *
   * @param physicalMillis what the replica's clock says
   */
  public LwwRegister<V> write(ReplicaId by, long physicalMillis, V value) {
    var seen = last.map(Write::time).orElse(HybridTime.ZERO);
    var time = new HybridClock(seen, 0).tick(physicalMillis).last();
    return new LwwRegister<>(Optional.of(new Write<>(time, by, value)));
  }

  @Override
  public LwwRegister<V> merge(LwwRegister<V> other) {
    if (last.isEmpty() || other.last.isEmpty()) {
      return last.isEmpty() ? other : this;
    }
    var mine = last.get();
    var theirs = other.last.get();
    int order = ORDER.compare(mine, theirs);
    Invariants.check(
        order != 0 || mine.equals(theirs),
        "one replica wrote twice at one time, so two have one id: %s and %s",
        mine,
        theirs);
    return order >= 0 ? this : other;
  }
}
