package dev.synod.benchmarks;

import dev.synod.benchmarks.plot.LinePlot;
import dev.synod.benchmarks.plot.LinePlot.Point;
import dev.synod.benchmarks.plot.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The pictures that rows are worth: for each layout and workload, latency against throughput, and
 * throughput as each size grows that took several values.
 */
final class Plots {

  private Plots() {}

  private static final Growth OUTSTANDING =
      new Growth("outstanding", "outstanding requests", Row::outstanding);

  private static final List<Growth> ALL =
      List.of(
          OUTSTANDING,
          new Growth("bytes", "bytes of a value", Row::bytes),
          new Growth("groups", "groups", Row::groups),
          new Growth("replicas", "replicas", Row::replicas));

  /** A quantity that grows along the horizontal axis. */
  private record Growth(String name, String title, ToDoubleFunction<Row> size) {

    boolean isIn(List<Row> rows) {
      return rows.stream().mapToDouble(size).distinct().count() > 1;
    }

    /** The other quantities, which are the same within one line of the picture. */
    String others(Row row) {
      return ALL.stream()
          .filter(growth -> !growth.equals(this))
          .map(growth -> growth.name + " " + (int) growth.size.applyAsDouble(row))
          .collect(Collectors.joining(", "));
    }
  }

  /** Returns the files. */
  static List<Path> draw(List<Row> rows, Path folder) throws IOException {
    Files.createDirectories(folder);
    var files = new ArrayList<Path>();
    for (var kind : by(rows, row -> row.layout() + "-" + row.workload()).entrySet()) {
      if (kind.getKey().startsWith(Floor.LAYOUT)) {
        continue;
      }
      String name = kind.getKey().replace("%", "") + ".svg";
      for (Growth growth : ALL) {
        if (growth.isIn(kind.getValue())) {
          var plot =
              new LinePlot(
                  "Throughput, " + kind.getKey(),
                  growth.title(),
                  "operations/s",
                  lines(kind.getValue(), growth, growth.size(), Row::opsPerSecond));
          files.add(write(folder.resolve("growth-" + growth.name() + "-" + name), plot));
        }
      }
      var plot =
          new LinePlot(
              "Latency against throughput, " + kind.getKey(),
              "operations/s",
              "median latency, µs",
              lines(kind.getValue(), OUTSTANDING, Row::opsPerSecond, Row::p50Micros));
      files.add(write(folder.resolve("latency-" + name), plot));
    }
    return files;
  }

  private static Path write(Path file, LinePlot plot) throws IOException {
    return Files.writeString(file, plot.toSvg());
  }

  /** One line for each system and each setting of what does not grow. */
  private static List<Series> lines(
      List<Row> rows, Growth growth, ToDoubleFunction<Row> across, ToDoubleFunction<Row> up) {
    boolean several = rows.stream().map(growth::others).distinct().count() > 1;
    return by(rows, row -> several ? row.system() + " " + growth.others(row) : row.system())
        .entrySet()
        .stream()
        .map(
            line ->
                new Series(
                    line.getKey(),
                    line.getValue().stream()
                        .sorted(Comparator.comparingDouble(growth.size()))
                        .map(row -> new Point(across.applyAsDouble(row), up.applyAsDouble(row)))
                        .toList()))
        .toList();
  }

  private static Map<String, List<Row>> by(List<Row> rows, Function<Row, String> key) {
    return rows.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }
}
