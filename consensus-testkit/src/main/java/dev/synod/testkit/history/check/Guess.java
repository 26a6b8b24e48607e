package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Operation;

/**
 * In which order operations may have taken effect, as somebody knows who could look inside, such as
 * a simulation that saw the log. That order is tried before there is any search. No verdict depends
 * on it: one that does not hold up is forgotten.
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
