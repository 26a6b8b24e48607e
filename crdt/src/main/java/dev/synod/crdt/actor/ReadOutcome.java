package dev.synod.crdt.actor;

import dev.synod.crdt.CausalToken;

/**
 * What is known of a key when a read ends.
 *
 * @param <T> the type of its value
 */
public sealed interface ReadOutcome<T> {

  /**
   * The value, of as many replicas as were asked for.
   *
   * @param value the family's empty one if nobody has changed it
   * @param copies of how many replicas it is the merged value
   * @param token names all that can be seen in it, and all that this replica had merged
   */
  record Found<T>(T value, int copies, CausalToken token) implements ReadOutcome<T> {}

  /**
   * The value of fewer replicas than were asked for: the others did not answer in time.
   *
   * @param copies of how many replicas it is the merged value
   * @param token names all that can be seen in it, and all that this replica had merged
   */
  record Unconfirmed<T>(T value, int copies, CausalToken token) implements ReadOutcome<T> {}

  /** Nothing was read, and why. */
  record Refused<T>(String reason) implements ReadOutcome<T> {}
}
