package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.JavaProcess;
import dev.synod.benchmarks.peer.Layout;
import dev.synod.benchmarks.peer.Peers;
import dev.synod.benchmarks.peer.Setup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./synod bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {
      Turn.class,
      Failover.class,
      Stability.class,
      PlotCommand.class,
      JmhCommand.class,
      CrdtCommand.class
    },
    description = {
      "Measures replicas whose commits are forced to disk, beside the floor of this machine.",
      "Each system has a process of its own for each turn. Turns of all systems alternate, and",
      "another one begins each time, so that noise hits all alike; the table at the end has",
      "medians. CPU, disk, wire and allocation are for each operation, of all replicas and the",
      "client; forces of each replica."
    })
public final class Bench implements Callable<Integer> {

  /** Of the process that holds the client, and in one JVM the replicas. */
  private static final String HEAP = "-Xmx4g";

  @Option(
      names = "--system",
      split = ",",
      description = {
        "synod-raft, synod-raft-artery, synod-raft-memory, synod-paxos, synod-paxos-memory,",
        "synod-zab, synod-zab-memory, jraft, ratis, zookeeper, etcd, microraft-memory, or all",
        "(default: synod-raft)"
      })
  private List<String> systems = List.of("synod-raft");

  @Option(names = "--layout", split = ",", description = "one-jvm, three-jvms (default: both)")
  private List<String> layouts = List.of("one-jvm", "three-jvms");

  @Option(names = "--replicas", split = ",", description = "of each group (default: 3)")
  private List<Integer> replicas = List.of(3);

  @Option(names = "--groups", split = ",", description = "with a replica a node (default: 1)")
  private List<Integer> groups = List.of(1);

  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--turns", description = "of each row (default: ${DEFAULT-VALUE})")
  private int turns = 3;

  @Option(names = "--json", description = "writes all rows to that file")
  private List<Path> json = List.of();

  @Option(names = "--plots", description = "draws the medians into that folder, as SVG")
  private List<Path> plots = List.of();

  private final List<Row> rows = new ArrayList<>();
  private int broken;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var arrangements = arrangements();
    System.out.println(Row.HEAD);
    for (int turn = 1; turn <= turns; turn++) {
      floor(turn);
      for (Arrangement arrangement : arrangements) {
        measure(arrangement, turn);
      }
      Collections.rotate(arrangements, -1);
    }
    var medians = Medians.of(rows);
    System.out.println("\nMedians of " + turns + " turns\n" + Row.HEAD);
    medians.forEach(System.out::println);
    for (Path file : json) {
      RowJson.write(file, rows);
    }
    for (Path folder : plots) {
      Plots.draw(medians, folder);
    }
    return broken == 0 && rows.stream().allMatch(row -> row.failures() == 0) ? 0 : 1;
  }

  /** A system in a layout and a size. */
  private record Arrangement(String system, Layout layout, int replicas, int groups) {}

  private List<Arrangement> arrangements() {
    var all = new ArrayList<Arrangement>();
    for (String layout : layouts) {
      for (int replica : replicas) {
        for (int group : groups) {
          for (String system : systems.equals(List.of("all")) ? Peers.names() : systems) {
            all.add(new Arrangement(system, Layout.named(layout), replica, group));
          }
        }
      }
    }
    all.removeIf(this::isRefused);
    return all;
  }

  private boolean isRefused(Arrangement arrangement) {
    var peer = Peers.named(arrangement.system());
    try {
      var setup =
          Setup.of(
              arrangement.replicas(), arrangement.groups(), options.bytesMax(), options.folder());
      String refusal = peer.refusal(arrangement.layout(), setup);
      if (!refusal.isEmpty()) {
        System.out.printf("%s, %s: %s%n", peer.name(), arrangement.layout(), refusal);
      }
      return !refusal.isEmpty();
    } catch (IOException e) {
      throw new IllegalStateException("no free ports", e);
    }
  }

  private void floor(int turn) throws IOException {
    int seconds = Math.min(2, options.seconds());
    for (int bytes : options.bytes()) {
      print(Floor.force(options.folder(), bytes, seconds, turn));
      print(Floor.loopback(bytes, seconds, turn));
    }
  }

  private void measure(Arrangement arrangement, int turn) throws IOException, InterruptedException {
    var arguments = new ArrayList<String>();
    arguments.add("turn");
    arguments.add("--system=" + arrangement.system());
    arguments.add("--layout=" + arrangement.layout());
    arguments.add("--replicas=" + arrangement.replicas());
    arguments.add("--groups=" + arrangement.groups());
    arguments.add("--turn=" + turn);
    arguments.addAll(options.toArguments());
    var classPath = Peers.named(arrangement.system()).classPath();
    var process = JavaProcess.start(classPath, List.of(HEAP), Bench.class, arguments);
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .filter(line -> line.startsWith(Turn.ROW))
          .forEach(line -> print(RowJson.parse(line.substring(Turn.ROW.length()))));
    }
    if (process.waitFor() != 0) {
      broken++;
      System.out.printf("%s, %s: failed%n", arrangement.system(), arrangement.layout());
    }
  }

  private void print(Row row) {
    rows.add(row);
    System.out.println(row);
  }
}
