package dev.synod.testkit.history.check;

/** What a check found. Of its three values only {@link Holds} is a pass. */
public sealed interface Verdict {

  /** What was promised. */
  Consistency promise();

  /** Whether the promise is certainly kept. */
  default boolean holds() {
    return this instanceof Holds;
  }

  /** Whether the promise is certainly broken. */
  default boolean isBroken() {
    return this instanceof Broken;
  }

  /** The promise is kept. */
  record Holds(Consistency promise) implements Verdict {

    @Override
    public String toString() {
      return promise.toString();
    }
  }

  /** The promise is broken. */
  record Broken(Consistency promise, Witness witness) implements Verdict {

    @Override
    public String toString() {
      return "not " + promise + ": " + witness.text();
    }
  }

  /**
   * Nobody knows: a bound was reached, or the history is of a kind that the check can't judge.
   *
   * @param why which bound, or which kind
   */
  record Undecided(Consistency promise, String why) implements Verdict {

    @Override
    public String toString() {
      return "undecided whether " + promise + ": " + why;
    }
  }
}
