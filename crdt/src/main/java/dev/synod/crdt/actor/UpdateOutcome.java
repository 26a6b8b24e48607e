package dev.synod.crdt.actor;

import dev.synod.crdt.CausalToken;

/** What is known of an update when its call ends. */
public sealed interface UpdateOutcome {

  /**
   * Done, with as many copies as were asked for.
   *
   * @param copies how many replicas are known to have it
   * @param token names the update and all that this replica had merged
   */
  record Written(int copies, CausalToken token) implements UpdateOutcome {}

  /**
   * Done here, and not known in time to be at as many replicas as were asked for. It goes on to be
   * told to the others; it is lost only if all replicas that have it are.
   *
   * @param copies how many replicas are known to have it
   * @param token names the update and all that this replica had merged
   */
  record Unconfirmed(int copies, CausalToken token) implements UpdateOutcome {}

  /** Nothing was changed, and why. */
  record Refused(String reason) implements UpdateOutcome {}
}
