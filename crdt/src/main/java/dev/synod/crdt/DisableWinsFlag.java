package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotSet;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.dots.Mutation;

/**
 * A flag, on at first; enabled and disabled at once, it is off. The other way round than {@link
 * EnableWinsFlag}.
 */
public record DisableWinsFlag(Causal<DotSet> state) implements Dotted<DisableWinsFlag, DotSet> {

  public static final DisableWinsFlag ON = new DisableWinsFlag(Causal.of(DotSet.EMPTY));

  /** As which a flag inside a map is changed. */
  public static Mutation<DotSet> disabling() {
    return DotSet.renewing();
  }

  public static Mutation<DotSet> enabling() {
    return DotSet.clearing();
  }

  public boolean isEnabled() {
    return state.store().isEmpty();
  }

  /** The delta that disables it. */
  public DisableWinsFlag disable(ReplicaId by) {
    return new DisableWinsFlag(state.delta(disabling(), by));
  }

  /** The delta that takes back all disabling that is known here. */
  public DisableWinsFlag enable(ReplicaId by) {
    return new DisableWinsFlag(state.delta(enabling(), by));
  }

  @Override
  public DisableWinsFlag with(Causal<DotSet> changed) {
    return new DisableWinsFlag(changed);
  }

  @Override
  public DisableWinsFlag merge(DisableWinsFlag other) {
    return new DisableWinsFlag(state.merge(other.state));
  }
}
