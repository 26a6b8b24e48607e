package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Layout;
import dev.synod.benchmarks.peer.Peers;
import dev.synod.benchmarks.peer.Setup;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./synod bench stability}. */
@Command(
    name = "stability",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps all cores busy with writes, and counts the elections of that time: there is no reason",
      "for one. Fails if there was any, or if a write failed. Default settings."
    })
final class Stability implements Callable<Integer> {

  @Option(names = "--system", description = "default: ${DEFAULT-VALUE}")
  private String system = "synod-raft";

  @Option(names = "--layout", description = "one-jvm or three-jvms (default: ${DEFAULT-VALUE})")
  private String layout = "three-jvms";

  @Option(names = "--minutes", description = "default: ${DEFAULT-VALUE}")
  private int minutes = 10;

  @Option(names = "--outstanding", description = "default: ${DEFAULT-VALUE}")
  private int outstanding = 256;

  @Option(names = "--bytes", description = "size of a value (default: ${DEFAULT-VALUE})")
  private int bytes = 100;

  @Option(names = "--folder", description = "where the data directories go")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  public Integer call() throws Exception {
    return Folders.with(folder, this::measure);
  }

  private int measure(Path own) throws Exception {
    var setup = Setup.of(3, 1, bytes, own);
    try (var cluster = new Cluster(Peers.named(system), Layout.named(layout), setup)) {
      OptionalLong first = cluster.leadership();
      if (first.isEmpty()) {
        throw new IllegalArgumentException(system + " does not tell of its elections");
      }
      System.out.println(Row.HEAD);
      long failures = 0;
      long elections = 0;
      for (int minute = 1; minute <= minutes; minute++) {
        var row = new ClosedLoop(cluster, Workload.writes(outstanding, bytes, 0, 60)).run(minute);
        System.out.println(row);
        failures += row.failures();
        elections = cluster.leadership().orElse(Long.MAX_VALUE) - first.getAsLong();
      }
      System.out.printf(
          "%d minutes, %d elections, %d writes failed%n", minutes, elections, failures);
      return elections == 0 && failures == 0 ? 0 : 1;
    }
  }
}
