package dev.synod.crdt.ladder.protocol;

/** Why an operation was certainly not done. */
public enum Reason {
  /** This node has not heard yet which modes entities are in. Try again. */
  STARTING,
  /** The entity is between two modes. Try again. */
  MOVING,
  /** What the caller's token names did not arrive here in time. Try again, or elsewhere. */
  BEHIND,
  /** Nobody who can be asked has the rights to subtract so much. */
  NO_RIGHTS,
  /** The operation can't be done on the value as it is, or makes no sense for this entity. */
  NOT_ALLOWED,
  /**
   * The group did not take it, such as without a majority, or this node has too much to do. Try
   * again.
   */
  UNAVAILABLE
}
