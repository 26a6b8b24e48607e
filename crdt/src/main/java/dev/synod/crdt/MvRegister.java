package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.dots.Mutation;
import dev.synod.crdt.dots.Written;
import java.util.ArrayList;
import java.util.List;

/**
 * A register that keeps all concurrent writes, for the application to choose: a write replaces
 * those that its replica had seen (Almeida et al. 2018, figure 5b).
 *
 * @param <V> the value's type
 */
public record MvRegister<V>(Causal<DotFun<Written<V>>> state)
    implements Dotted<MvRegister<V>, DotFun<Written<V>>> {

  /** As which a register inside a map is changed. */
  public static <V> Mutation<DotFun<Written<V>>> writing(V value) {
    return DotFun.writing(new Written<>(value));
  }

  public static <V> Mutation<DotFun<Written<V>>> clearing() {
    return Mutation.clearing(DotFun.none());
  }

  public static <V> MvRegister<V> empty() {
    return new MvRegister<>(Causal.of(DotFun.none()));
  }

  /** All writes that no other has replaced; none if nothing was written or it was cleared. */
  public List<V> values() {
    return valuesOf(state.store());
  }

  /** The values of a register inside a map. */
  public static <V> List<V> valuesOf(DotFun<Written<V>> store) {
    var values = new ArrayList<V>();
    store.forEach((dot, written) -> values.add(written.value()));
    return List.copyOf(values);
  }

  /** The delta that writes this value in place of those that are known here. */
  public MvRegister<V> write(ReplicaId by, V value) {
    return new MvRegister<>(state.delta(writing(value), by));
  }

  /** The delta that removes the values that are known here. */
  public MvRegister<V> clear(ReplicaId by) {
    return new MvRegister<>(state.delta(clearing(), by));
  }

  @Override
  public MvRegister<V> with(Causal<DotFun<Written<V>>> changed) {
    return new MvRegister<>(changed);
  }

  @Override
  public MvRegister<V> merge(MvRegister<V> other) {
    return new MvRegister<>(state.merge(other.state));
  }
}
