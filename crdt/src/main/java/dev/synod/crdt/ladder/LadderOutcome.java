package dev.synod.crdt.ladder;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.ladder.protocol.Reason;

/** What became of an operation on a ladder, or of a move. */
public sealed interface LadderOutcome {

  /**
   * Done.
   *
   * @param mode under which it was done, and so what is promised of it
   * @param token what its caller has seen and written by now, for its next operation; of a move,
   *     {@link CausalToken#NONE}
   */
  record Done(ConsistencyMode mode, CausalToken token) implements LadderOutcome {}

  /**
   * Certainly not done, now or later.
   *
   * @param text for a person: what happened
   */
  record Rejected(Reason reason, String text) implements LadderOutcome {}

  /**
   * May have been done, or may yet be.
   *
   * @param text for a person: what happened
   */
  record Unknown(String text) implements LadderOutcome {}
}
