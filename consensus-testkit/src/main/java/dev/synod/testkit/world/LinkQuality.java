package dev.synod.testkit.world;

import java.time.Duration;

/**
 * How messages fare on a link.
 *
 * @param delayMin what every message takes
 * @param delayMean what it takes in addition, on average; exponentially distributed, so a few take
 *     many times as long
 * @param lost how many of a thousand are lost
 * @param doubled how many of a thousand arrive twice, of those that bear it
 * @param overtaken how many of a thousand may arrive before an earlier one, of those that bear it;
 *     the others keep their order, as on one connection
 * @param lateMean by how much these, and the doubles, are later than others, on average
 */
public record LinkQuality(
    Duration delayMin,
    Duration delayMean,
    int lost,
    int doubled,
    int overtaken,
    Duration lateMean) {

  /** What is overtaken is as late as any message may be. */
  public LinkQuality(Duration delayMin, Duration delayMean, int lost, int doubled, int overtaken) {
    this(delayMin, delayMean, lost, doubled, overtaken, Duration.ZERO);
  }

  /** A network in one room: half a millisecond, nothing lost. */
  public static final LinkQuality GOOD =
      new LinkQuality(Duration.ofNanos(200_000), Duration.ofNanos(300_000), 0, 0, 0);

  /** A bad day: tens of milliseconds, one in fifty lost. */
  public static final LinkQuality POOR =
      new LinkQuality(Duration.ofMillis(1), Duration.ofMillis(20), 20, 0, 0);

  /** What no connection does, but every protocol must bear: lost, doubled, overtaken. */
  public static final LinkQuality WILD =
      new LinkQuality(Duration.ofNanos(200_000), Duration.ofMillis(15), 30, 20, 100);

  /**
   * As {@link #WILD}, and what is overtaken arrives when its sender's mind has changed long ago.
   */
  public static final LinkQuality HAUNTED =
      new LinkQuality(
          Duration.ofNanos(200_000), Duration.ofMillis(3), 20, 100, 150, Duration.ofMillis(150));
}
