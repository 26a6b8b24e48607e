package dev.synod.testkit.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds a part of a list that still fails, but does not without any one of its elements: the
 * algorithm ddmin (Zeller and Hildebrandt 2002, Fig. 3).
 */
final class Ddmin {

  private Ddmin() {}

  /**
   * The smallest failing part that it finds.
   *
   * @param all which fails
   */
  static <T> List<T> of(List<T> all, Predicate<List<T>> fails) {
    if (all.isEmpty() || fails.test(List.of())) {
      return List.of();
    }
    var failing = all;
    int parts = 2;
    while (failing.size() >= 2) {
      var chunks = chunks(failing, parts);
      var chunk = chunks.stream().filter(fails).findFirst();
      var smaller = chunk.isPresent() || parts == 2 ? chunk : withoutOne(failing, chunks, fails);
      if (smaller.isPresent()) {
        failing = smaller.get();
        parts = chunk.isPresent() ? 2 : Math.max(parts - 1, 2);
      } else if (parts < failing.size()) {
        parts = Math.min(parts * 2, failing.size());
      } else {
        return failing;
      }
    }
    return failing;
  }

  private static <T> Optional<List<T>> withoutOne(
      List<T> all, List<List<T>> chunks, Predicate<List<T>> fails) {
    int from = 0;
    for (List<T> chunk : chunks) {
      var rest = new ArrayList<>(all.subList(0, from));
      from += chunk.size();
      rest.addAll(all.subList(from, all.size()));
      if (fails.test(rest)) {
        return Optional.of(rest);
      }
    }
    return Optional.empty();
  }

  private static <T> List<List<T>> chunks(List<T> all, int parts) {
    var chunks = new ArrayList<List<T>>();
    for (int i = 0; i < parts; i++) {
      chunks.add(all.subList(all.size() * i / parts, all.size() * (i + 1) / parts));
    }
    return chunks;
  }
}
