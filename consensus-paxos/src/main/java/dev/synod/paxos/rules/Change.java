package dev.synod.paxos.rules;

import java.util.Optional;

/**
 * What a proposer makes of what it finds: the value to propose, from the one that it must adopt.
 *
 * <p>{@link Decide} is single-decree Paxos: what is there stays. That a later ballot may propose
 * another value if it is computed from the adopted one is what makes a register of a decision that
 * is never reset (Rystsov, "CASPaxos: Replicated State Machines without logs", 2018, §2.2).
 */
public interface Change<V> {

  /**
   * The value to propose. The same argument always gives the same choice.
   *
   * @param present the value that must be adopted (P2c); empty if no vote was reported
   */
  Choice<V> on(Optional<V> present);

  /**
   * Whether proposing its own value in two ballots is as good as in one. If not, a proposer whose
   * value may have been accepted must not begin again.
   */
  boolean isRepeatable();

  /**
   * A value to propose.
   *
   * @param own whether the change made it; else it was there
   */
  record Choice<V>(V value, boolean own) {}

  /** Lamport 2001, P2c: the value of the highest vote, or the own one if there is none. */
  record Decide<V>(V own) implements Change<V> {
    @Override
    public Choice<V> on(Optional<V> present) {
      return present.isPresent() ? new Choice<>(present.get(), false) : new Choice<>(own, true);
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }
}
