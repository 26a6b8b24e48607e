package dev.synod.testkit.fault;

import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.Locale;

/**
 * How bad a world is.
 *
 * @see Nemesis
 */
public enum Profile {
  /** A good network, and nothing goes wrong. */
  CALM(LinkQuality.GOOD, Duration.ofDays(1), Duration.ofSeconds(1)),
  /** What happens in a year, in a minute: a poor network, partitions, crashes, pauses. */
  FLAKY(LinkQuality.POOR, Duration.ofMillis(2_500), Duration.ofMillis(1_500)),
  /** Everything at once, all the time; messages are lost, doubled and overtaken too. */
  STORM(LinkQuality.WILD, Duration.ofMillis(700), Duration.ofMillis(1_500)),
  /** As flaky, and bits flip on the disks of a minority, where the next start reads them. */
  ROT(LinkQuality.POOR, Duration.ofMillis(2_500), Duration.ofMillis(1_500));

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and durations
  private final LinkQuality quality;

  private final Duration gapMean;
  private final Duration lastingMean;

  Profile(LinkQuality quality, Duration gapMean, Duration lastingMean) {
    this.quality = quality;
    this.gapMean = gapMean;
    this.lastingMean = lastingMean;
  }

  /** How messages fare while nothing else is wrong. */
  public LinkQuality quality() {
    return quality;
  }

  /** Between two beginnings of faults, on average. */
  public Duration gapMean() {
    return gapMean;
  }

  /** From the beginning of a fault to its end, on average. */
  public Duration lastingMean() {
    return lastingMean;
  }

  /** By its name in small letters. */
  public static Profile named(String name) {
    for (Profile profile : values()) {
      if (profile.name().toLowerCase(Locale.ROOT).equals(name)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "a profile is calm, flaky, storm or rot, but got \"" + name + "\"");
  }
}
