package dev.synod.samples.node;

import dev.synod.core.Read;
import java.util.Optional;

/** How fresh a read over HTTP must be: {@code ?read=…}. */
final class Freshness {

  private Freshness() {}

  /** What the parameters mean, or an {@link IllegalArgumentException} made for people. */
  static Read parse(Optional<String> read, Optional<String> index) {
    return switch (read.orElse("linearizable")) {
      case "linearizable" -> Read.linearizable();
      case "stale" -> Read.stale();
      case "at-least" -> Read.atLeast(index("index", index.orElse("")));
      default ->
          throw new IllegalArgumentException(
              "?read= is linearizable, stale or at-least (with &index=N).");
    };
  }

  /** A log index from a parameter, or an {@link IllegalArgumentException} made for people. */
  static long index(String parameter, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          "\"" + parameter + "\" is a log index: digits, but not too many.");
    }
    return Long.parseLong(text);
  }
}
