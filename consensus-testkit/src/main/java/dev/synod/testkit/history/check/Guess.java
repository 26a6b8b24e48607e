package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Operation;

/**
 * In which order operations may have taken effect, as somebody knows who could look inside, such as
 * a simulation that saw the log. The search tries that order first. No verdict depends on it: an
 * order that does not hold up costs steps, and whatever it leads to is checked like any other.
 */
@FunctionalInterface
public interface Guess {

  /** What {@link #placeOf} says of an operation of which nothing is known. */
  long UNKNOWN = Long.MAX_VALUE;

  /** Nothing is known. */
  Guess NONE = operation -> UNKNOWN;

  /** The lower, the earlier; {@link #UNKNOWN} also if it never took effect. */
  long placeOf(Operation operation);
}
