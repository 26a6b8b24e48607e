package dev.synod.crdt.ladder;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.ladder.protocol.Reason;

/**
 * What is known of an entity when a read ends.
 *
 * @param <T> the type of its value
 */
public sealed interface LadderRead<T> {

  /**
   * The value.
   *
   * @param mode under which it was read, and so what is promised of it
   * @param token what its caller has seen by now, for its next operation
   */
  record Found<T>(T value, ConsistencyMode mode, CausalToken token) implements LadderRead<T> {}

  /**
   * Nothing was read.
   *
   * @param text for a person: what happened
   */
  record Refused<T>(Reason reason, String text) implements LadderRead<T> {}
}
