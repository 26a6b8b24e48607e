package dev.synod.actors.settings;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Locale;

/**
 * Checks on the settings of one section of the configuration; a text names each setting with its
 * value.
 *
 * @param path such as {@code synod.client}
 */
public record Section(String path) {

  /** A size in bytes that has to be an int, such as {@code 64 KiB}. */
  public static int intBytes(Config config, String name) {
    long bytes = config.getBytes(name);
    require(
        bytes >= 0 && bytes <= Integer.MAX_VALUE,
        "%s is %d bytes, but must be at most %d",
        name,
        bytes,
        Integer.MAX_VALUE);
    return (int) bytes;
  }

  public void positive(String name, Duration value) {
    require(value.toNanos() > 0, "%s.%s must be longer than nothing, but is %s", path, name, value);
  }

  public void atLeast(String name, long value, long least) {
    require(value >= least, "%s.%s must be at least %d, but is %d", path, name, least, value);
  }

  /** The first one must not be longer than the second one. */
  public void ascending(String shortName, Duration shorter, String longName, Duration longer) {
    require(
        shorter.compareTo(longer) <= 0,
        "%s.%s (%s) must not be longer than %s.%s (%s)",
        path,
        shortName,
        shorter,
        path,
        longName,
        longer);
  }

  /** Any other rule; the text should name settings, values and the consequence. */
  public static void require(boolean holds, String text, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, text, values));
    }
  }
}
