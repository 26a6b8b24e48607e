package dev.synod.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./synod bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures three replicas whose commits are forced to disk, beside the floor of this machine.",
      "Turns of all rows alternate, so that noise hits all alike; the table at the end has medians."
    })
public final class Bench implements Callable<Integer> {

  @Option(names = "--layout", split = ",", description = "one-jvm, three-jvms (default: both)")
  private List<String> layouts = List.of("one-jvm", "three-jvms");

  @Option(names = "--outstanding", split = ",", description = "requests under way at a time")
  private List<Integer> outstanding = List.of(1, 16, 64, 256);

  @Option(names = "--bytes", description = "size of a value (default: ${DEFAULT-VALUE})")
  private int bytes = 100;

  @Option(names = "--reads", description = "read linearizably instead of writing")
  private boolean reads;

  @Option(names = "--seconds", description = "measured, a turn (default: ${DEFAULT-VALUE})")
  private int seconds = 5;

  @Option(names = "--warmup", description = "seconds before (default: ${DEFAULT-VALUE})")
  private int warmup = 3;

  @Option(names = "--turns", description = "of each row (default: ${DEFAULT-VALUE})")
  private int turns = 3;

  @Option(
      names = "--folder",
      description = "where the data directories go (default: a temporary one)")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--json", description = "writes all rows to that file")
  private Path json = Path.of("");

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var rows = new ArrayList<Row>();
    System.out.println(Row.HEAD);
    for (int turn = 1; turn <= turns; turn++) {
      print(rows, Floor.force(folder, bytes, Math.min(2, seconds), turn));
      print(rows, Floor.loopback(bytes, Math.min(2, seconds), turn));
      for (String layout : layouts) {
        measure(layout, turn, rows);
      }
    }
    System.out.println("\nMedians of " + turns + " turns\n" + Row.HEAD);
    medians(rows).forEach(System.out::println);
    if (!json.toString().isEmpty()) {
      Files.writeString(
          json, rows.stream().map(Row::toJson).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }
    return rows.stream().allMatch(row -> row.failures() == 0) ? 0 : 1;
  }

  private void measure(String layout, int turn, List<Row> rows) throws Exception {
    Path data = Files.createTempDirectory(folder, "synod-bench");
    try (Subject subject = start(layout, data)) {
      for (int lanes : outstanding) {
        var workload = new Workload(lanes, bytes, reads, warmup, seconds);
        print(rows, new ClosedLoop(subject, workload).run(turn));
      }
    } finally {
      delete(data);
    }
  }

  private static Subject start(String layout, Path data) throws IOException {
    return switch (layout) {
      case "one-jvm" -> new OneJvm(data);
      case "three-jvms" -> new ThreeJvms(data);
      default ->
          throw new IllegalArgumentException(
              "a layout is one-jvm or three-jvms, but got " + layout.toLowerCase(Locale.ROOT));
    };
  }

  private static void print(List<Row> rows, Row row) {
    rows.add(row);
    System.out.println(row);
  }

  /** Of each kind of row, the turn whose rate is the median. */
  private static List<Row> medians(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.system() + row.layout() + row.workload() + row.outstanding(),
                java.util.LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(
            same -> {
              same.sort(Comparator.comparingDouble(Row::opsPerSecond));
              return same.get(same.size() / 2);
            })
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
