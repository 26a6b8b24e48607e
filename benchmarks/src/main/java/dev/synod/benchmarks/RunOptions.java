package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Freshness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What is asked of each system: the options that the command and its processes share. */
final class RunOptions {

  @Option(
      names = "--outstanding",
      split = ",",
      description = "requests under way at a time (default: 1,16,64,256)")
  private List<Integer> outstanding = List.of(1, 16, 64, 256);

  @Option(names = "--bytes", split = ",", description = "sizes of a value (default: 100)")
  private List<Integer> bytes = List.of(100);

  @Option(
      names = "--reads",
      description = "read instead of writing: ${COMPLETION-CANDIDATES}, in small letters too")
  private List<Freshness> reads = List.of();

  @Option(
      names = "--read-percent",
      description = "with --reads: so many of 100 requests read (default: ${DEFAULT-VALUE})")
  private int readPercent = 100;

  @Option(names = "--seconds", description = "measured, a turn (default: ${DEFAULT-VALUE})")
  private int seconds = 5;

  @Option(names = "--warmup", description = "seconds before (default: ${DEFAULT-VALUE})")
  private int warmup = 3;

  @Option(
      names = "--forces",
      description = {
        "count forces with strace, in seconds of their own after each turn;",
        "slow, and needs the right to trace"
      })
  private boolean forces;

  @Option(
      names = "--folder",
      description = "where the data directories go (default: a temporary one)")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  List<Workload> workloads() {
    var all = new ArrayList<Workload>();
    for (int size : bytes) {
      for (int lanes : outstanding) {
        all.add(
            new Workload(
                lanes,
                size,
                reads.isEmpty() ? 0 : readPercent,
                reads.isEmpty() ? Freshness.LINEARIZABLE : reads.get(0),
                warmup,
                seconds));
      }
    }
    return all;
  }

  int bytesMax() {
    return bytes.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  List<Integer> bytes() {
    return bytes;
  }

  int seconds() {
    return seconds;
  }

  boolean forces() {
    return forces;
  }

  Path folder() {
    return folder;
  }

  /** The same options for another process. */
  List<String> toArguments() {
    var arguments = new ArrayList<String>();
    arguments.add("--outstanding=" + joined(outstanding));
    arguments.add("--bytes=" + joined(bytes));
    reads.forEach(read -> arguments.add("--reads=" + read.name().toLowerCase(Locale.ROOT)));
    arguments.add("--read-percent=" + readPercent);
    arguments.add("--seconds=" + seconds);
    arguments.add("--warmup=" + warmup);
    if (forces) {
      arguments.add("--forces");
    }
    arguments.add("--folder=" + folder);
    return arguments;
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
