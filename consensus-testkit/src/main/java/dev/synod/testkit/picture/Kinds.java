package dev.synod.testkit.picture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kinds of messages in a picture: each with a colour, and a class by which it can be hidden.
 */
final class Kinds {

  private static final List<String> COLOURS =
      List.of(
          "#1f6fb2", "#b8460e", "#1d7a3a", "#8a3ab9", "#a6761d", "#c2186a", "#0f7c86", "#5b5bd6",
          "#7a4b2a", "#4d7a00", "#9b2226", "#33658a");

  private static final String QUIET = "#9aa3ad";

  private final Map<String, Integer> counts = new TreeMap<>();

  Kinds(List<Flight> flights) {
    flights.forEach(flight -> counts.merge(Words.kind(flight.message), 1, Integer::sum));
  }

  /** How many there are of each. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** Those that only say that somebody is there; there are many. */
  static boolean isQuiet(String kind) {
    return kind.toLowerCase(Locale.ROOT).startsWith("heartbeat");
  }

  String colour(String kind) {
    return isQuiet(kind) ? QUIET : COLOURS.get(index(kind) % COLOURS.size());
  }

  /** A class of its own. */
  String styleClass(String kind) {
    return "k" + index(kind);
  }

  private int index(String kind) {
    return List.copyOf(counts.keySet()).indexOf(kind);
  }
}
