package dev.synod.testkit.history.check;

/**
 * How much a check may spend before it gives up and says so. The same limits give the same answer
 * on every machine, which a limit in seconds would not.
 *
 * @param stepsMax calls of the model, or moves back, in one search; a history has one search for
 *     each part that the model tells apart, and some more for a witness
 * @param configurationsMax situations that one search remembers, at 100 to 200 bytes each and the
 *     model's state
 * @param relatedMax reads and writes whose causal order is worked out; memory grows with the
 *     square: 10,000 take some 25 MB
 */
public record CheckLimits(long stepsMax, int configurationsMax, int relatedMax) {

  /** About a minute and 200 MB at the worst. */
  public static final CheckLimits DEFAULT = new CheckLimits(50_000_000, 1_000_000, 20_000);

  /** Which limit was reached. */
  String spent(boolean isFull) {
    return isFull
        ? "configurationsMax (" + configurationsMax + ") is reached"
        : "stepsMax (" + stepsMax + ") is reached";
  }

  public CheckLimits {
    if (stepsMax < 1 || configurationsMax < 1 || relatedMax < 1) {
      throw new IllegalArgumentException(
          "limits are at least 1: stepsMax %d, configurationsMax %d, relatedMax %d"
              .formatted(stepsMax, configurationsMax, relatedMax));
    }
  }
}
