package dev.synod.testkit.picture;

import java.time.Duration;

/**
 * How much is kept and drawn; the latest is what counts.
 *
 * @param kept messages, changes, faults and roles that a recorder keeps of each: a bound of memory
 * @param messagesMax drawn: more is a carpet
 * @param windowMax drawn
 * @param charactersMax of the file: what a browser shows without a pause
 */
public record PictureLimits(int kept, int messagesMax, Duration windowMax, int charactersMax) {

  /** The last three seconds or 400 messages, in less than 2 MB. */
  public static final PictureLimits STANDARD =
      new PictureLimits(20_000, 400, Duration.ofSeconds(3), 1_900_000);
}
