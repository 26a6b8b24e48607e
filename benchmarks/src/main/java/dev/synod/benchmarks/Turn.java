package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Layout;
import dev.synod.benchmarks.peer.Peer;
import dev.synod.benchmarks.peer.Peers;
import dev.synod.benchmarks.peer.Setup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One turn of one system, in a process of its own, so that no system inherits another's heap,
 * threads or compiled code. Prints a row as JSON for each workload; ends when its parent does.
 */
@Command(name = "turn", hidden = true)
final class Turn implements Callable<Integer> {

  /** Begins each line that is a row. */
  static final String ROW = "row ";

  @Option(names = "--system", required = true)
  private String system = "";

  @Option(names = "--layout", required = true)
  private String layout = "";

  @Option(names = "--replicas", required = true)
  private int replicas;

  @Option(names = "--groups", required = true)
  private int groups;

  @Option(names = "--turn", required = true)
  private int turn;

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() throws Exception {
    var rows = System.out;
    // What a system prints is for people; the parent reads rows only.
    System.setOut(System.err);
    endWithParent();
    return Folders.with(options.folder(), folder -> measure(folder, rows));
  }

  private static void endWithParent() {
    var watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is said to it
                }
              } catch (IOException e) {
                System.err.println("the parent can't be heard: " + e.getMessage());
              }
              System.exit(1);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }

  private int measure(Path folder, PrintStream rows) throws Exception {
    Peer peer = Peers.named(system);
    var setup = Setup.of(replicas, groups, options.bytesMax(), folder);
    try (var cluster = new Cluster(peer, Layout.named(layout), setup)) {
      for (Workload workload : options.workloads()) {
        var row = new ClosedLoop(cluster, workload).run(turn);
        if (options.forces()) {
          row = row.withForces(forces(cluster, workload, folder));
        }
        rows.println(ROW + RowJson.format(row));
      }
    }
    return 0;
  }

  /** Forces per operation and replica, from a run that strace slows. */
  private double forces(Cluster cluster, Workload workload, Path folder) throws Exception {
    try (var forces = Forces.of(cluster.pids(), folder)) {
      var row = new ClosedLoop(cluster, workload.withoutWarmup()).run(turn);
      return forces.stop() / (row.opsPerSecond() * workload.seconds()) / cluster.replicas();
    }
  }
}
