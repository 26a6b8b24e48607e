package dev.synod.samples.node;

import dev.synod.core.Read;
import java.time.Duration;
import java.util.Optional;

/** How fresh a read over HTTP must be: {@code ?read=…}. */
final class Freshness {

  private Freshness() {}

  /** What the parameters mean, or an {@link IllegalArgumentException} made for people. */
  static Read parse(Optional<String> read, Optional<String> index, Optional<String> lag) {
    return switch (read.orElse("linearizable")) {
      case "linearizable" -> Read.linearizable();
      case "lease" -> Read.lease();
      case "bounded" -> Read.bounded(Duration.ofMillis(index("lag", lag.orElse(""))));
      case "stale" -> Read.stale();
      case "at-least" -> Read.atLeast(index("index", index.orElse("")));
      default ->
          throw new IllegalArgumentException(
              "?read= is linearizable, lease, bounded (with &lag=MILLISECONDS), stale or at-least"
                  + " (with &index=N).");
    };
  }

  /**
   * A number from a parameter, such as a log index, or an {@link IllegalArgumentException} made for
   * people.
   */
  static long index(String parameter, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          "\"" + parameter + "\" is a number: digits, but not too many.");
    }
    return Long.parseLong(text);
  }
}
