package dev.synod.crdt.clock;

/** How two histories, or two events, relate. */
public enum Causality {
  /** The other knows all of this and more. */
  BEFORE,
  /** This knows all of the other and more. */
  AFTER,
  /** Both know the same. */
  EQUAL,
  /** Each knows something that the other does not. */
  CONCURRENT
}
