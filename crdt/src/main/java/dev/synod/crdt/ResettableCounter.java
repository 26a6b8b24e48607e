package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.CausalContext;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.dots.Mutation;
import dev.synod.crdt.dots.Tally;

/**
 * A counter that can be set back to 0: a reset takes all that its replica had seen, and nothing
 * that was counted meanwhile. Reset while another adds 2 to 5, and it is 2 (the <em>observed
 * reset</em> of Weidner and Almeida: "An Oblivious Observed-Reset Embeddable Replicated Counter",
 * 2022; ours keeps one {@link Tally} for each replica, in which a reset notes how much is gone).
 */
public record ResettableCounter(Causal<DotFun<Tally>> state)
    implements Dotted<ResettableCounter, DotFun<Tally>> {

  /** As which a counter inside a map is changed: adds so much, or subtracts if negative. */
  public static Mutation<DotFun<Tally>> adding(long amount) {
    return new Mutation<>(
        DotFun.none(), (store, context, by) -> adding(amount, store, context, by));
  }

  private static Causal<DotFun<Tally>> adding(
      long amount, DotFun<Tally> store, CausalContext context, ReplicaId by) {
    if (amount == 0) {
      return Causal.of(DotFun.none());
    }
    var own = store.lastOf(by);
    var dot = own == null ? context.next(by) : own;
    var tally = store.get(dot);
    return new Causal<>(
        DotFun.of(dot, tally == null ? Tally.of(amount) : tally.plus(amount)),
        CausalContext.of(dot));
  }

  public static Mutation<DotFun<Tally>> resetting() {
    return Mutation.clearing(DotFun.none());
  }

  public static ResettableCounter zero() {
    return new ResettableCounter(Causal.of(DotFun.none()));
  }

  /**
   * What was counted and not reset.
   *
   * @throws ArithmeticException if it is above what a long holds
   */
  public long value() {
    return valueOf(state.store());
  }

  /** The value of a counter inside a map. */
  public static long valueOf(DotFun<Tally> store) {
    long[] sum = {0};
    store.forEach((dot, tally) -> sum[0] = Math.addExact(sum[0], tally.value()));
    return sum[0];
  }

  /** The delta that adds so much, or subtracts if negative. */
  public ResettableCounter add(ReplicaId by, long amount) {
    return new ResettableCounter(state.delta(adding(amount), by));
  }

  /** The delta that takes away all that was counted as far as is known here. */
  public ResettableCounter reset(ReplicaId by) {
    return new ResettableCounter(state.delta(resetting(), by));
  }

  @Override
  public ResettableCounter with(Causal<DotFun<Tally>> changed) {
    return new ResettableCounter(changed);
  }

  @Override
  public ResettableCounter merge(ResettableCounter other) {
    return new ResettableCounter(state.merge(other.state));
  }
}
