package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotSet;
import dev.synod.crdt.dots.Dotted;
import dev.synod.crdt.dots.Mutation;

/**
 * A flag, off at first; enabled and disabled at once, it is on (Almeida et al. 2018, figure 5a).
 */
public record EnableWinsFlag(Causal<DotSet> state) implements Dotted<EnableWinsFlag, DotSet> {

  public static final EnableWinsFlag OFF = new EnableWinsFlag(Causal.of(DotSet.EMPTY));

  /** As which a flag inside a map is changed. */
  public static Mutation<DotSet> enabling() {
    return DotSet.renewing();
  }

  public static Mutation<DotSet> disabling() {
    return DotSet.clearing();
  }

  public boolean isEnabled() {
    return !state.store().isEmpty();
  }

  /** The delta that enables it. */
  public EnableWinsFlag enable(ReplicaId by) {
    return new EnableWinsFlag(state.delta(enabling(), by));
  }

  /** The delta that takes back all enabling that is known here. */
  public EnableWinsFlag disable(ReplicaId by) {
    return new EnableWinsFlag(state.delta(disabling(), by));
  }

  @Override
  public EnableWinsFlag with(Causal<DotSet> changed) {
    return new EnableWinsFlag(changed);
  }

  @Override
  public EnableWinsFlag merge(EnableWinsFlag other) {
    return new EnableWinsFlag(state.merge(other.state));
  }
}
