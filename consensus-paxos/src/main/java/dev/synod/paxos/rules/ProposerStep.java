package dev.synod.paxos.rules;

import dev.synod.core.Invariants;
import java.util.List;

/** One input to a proposer: where it was, where it is, and what must now happen, in order. */
public record ProposerStep<V>(Proposer<V> before, Proposer<V> after, List<Effect<V>> effects) {

  /** A step that breaks a rule can't be made, in production either. */
  public ProposerStep {
    effects = List.copyOf(effects);
    Invariants.check(
        !before.ballot().isAfter(after.ballot()),
        "a proposer's ballots rise (§2.2): %s -> %s",
        before,
        after);
    Invariants.check(
        !(before instanceof Accepting<V> was && after instanceof Accepting<V> is)
            || (was.ballot().equals(is.ballot()) && was.value().equals(is.value())),
        "a ballot has one value (§2.2): %s -> %s",
        before,
        after);
  }
}
