package dev.synod.samples.modes;

import dev.synod.crdt.GCounter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A text in three parts, and how often each word is in it. */
final class Words {

  /** Lines of each part. */
  static final List<List<String>> PARTS =
      List.of(
          List.of(
              "Three clerks keep the book of a small island.",
              "What one clerk writes the others copy before the lamp goes out.",
              "When the sea is high the boat does not come,",
              "and each clerk writes alone and waits."),
          List.of(
              "A clerk who waits may count what is certain:",
              "the boats that came, the letters that left, the lamps that burn.",
              "Nobody is asked for a count, and no count is ever taken back.",
              "When the boat comes again the counts are laid side by side."),
          List.of(
              "Whoever has counted more of a page is right about the page.",
              "So two clerks may count the same page and the book is not wrong,",
              "as long as each count says which page it is of.",
              "But a clerk who adds the count of a page to his own counts it twice."));

  private Words() {}

  /** How often each word is in these lines. */
  static SortedMap<String, Long> count(List<String> lines) {
    var counts = new TreeMap<String, Long>();
    for (var line : lines) {
      for (var word : line.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
        if (!word.isEmpty()) {
          counts.merge(word, 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  /** Both counts together. */
  static SortedMap<String, Long> sum(SortedMap<String, Long> some, SortedMap<String, Long> others) {
    var sum = new TreeMap<>(some);
    others.forEach((word, count) -> sum.merge(word, count, Long::sum));
    return sum;
  }

  /** What a map of counters says, its keys without their prefix. */
  static SortedMap<String, Long> of(SortedMap<String, GCounter> counters, String prefix) {
    var counts = new TreeMap<String, Long>();
    counters.forEach((key, counter) -> counts.put(key.substring(prefix.length()), counter.value()));
    return Collections.unmodifiableSortedMap(counts);
  }
}
