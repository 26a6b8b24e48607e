package dev.synod.benchmarks;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Turns of the same measurement, made one row. */
final class Medians {

  private Medians() {}

  /**
   * Of each kind of row, in the order in which they first appear, the turn whose rate is the median
   * (the upper of two).
   */
  static List<Row> of(List<Row> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(Row::subject, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(
            same ->
                same.stream()
                    .sorted(Comparator.comparingDouble(Row::opsPerSecond))
                    .skip(same.size() / 2)
                    .findFirst()
                    .orElseThrow())
        .toList();
  }
}
