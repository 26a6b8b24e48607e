package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Layout;
import dev.synod.benchmarks.peer.Peers;
import dev.synod.benchmarks.peer.Setup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./synod bench failover}. */
@Command(
    name = "failover",
    mixinStandardHelpOptions = true,
    description = {
      "Kills the leader's process (kill -9) under a light load, again and again, and measures the",
      "time until a write is acknowledged that began after the kill. Default settings."
    })
final class Failover implements Callable<Integer> {

  private static final int LEADER_TRIES = 100;

  @Option(names = "--system", split = ",", description = "default: synod-raft")
  private List<String> systems = List.of("synod-raft");

  @Option(names = "--rounds", description = "kills of each system (default: ${DEFAULT-VALUE})")
  private int rounds = 50;

  @Option(
      names = "--pause",
      description = "seconds for a killed replica to come back (default: ${DEFAULT-VALUE})")
  private int pause = 10;

  @Option(names = "--folder", description = "where the data directories go")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  public Integer call() throws Exception {
    for (String system : systems) {
      var gaps = Folders.with(folder, own -> measure(system, own));
      var sorted = gaps.stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%s: %d rounds, median %d ms, 90%% within %d ms, worst %d ms%n",
          system,
          sorted.size(),
          sorted.get(sorted.size() / 2),
          sorted.get((sorted.size() * 9 - 1) / 10),
          sorted.get(sorted.size() - 1));
    }
    return 0;
  }

  private List<Long> measure(String system, Path own) throws Exception {
    var peer = Peers.named(system);
    var setup = Setup.of(3, 1, Pacer.BYTES, own);
    String refusal = peer.refusal(Layout.THREE_JVMS, setup);
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(system + " " + refusal);
    }
    var gaps = new ArrayList<Long>();
    var random = new Random(1);
    try (var cluster = new Cluster(peer, Layout.THREE_JVMS, setup);
        var load = new Pacer(cluster)) {
      for (int round = 1; round <= rounds; round++) {
        // Out of step with the system's timers.
        TimeUnit.MILLISECONDS.sleep(pause * 1_000L + random.nextInt(1_000));
        int leader = leader(cluster);
        long killed = System.nanoTime();
        cluster.kill(leader);
        long millis = TimeUnit.NANOSECONDS.toMillis(load.nextWriteSince(killed) - killed);
        gaps.add(millis);
        System.out.printf("%s, round %d: n%d killed, %d ms%n", system, round, leader + 1, millis);
        cluster.restart(leader);
      }
    }
    return gaps;
  }

  private static int leader(Cluster cluster) throws Exception {
    for (int i = 0; i < LEADER_TRIES; i++) {
      OptionalInt leader = cluster.leader();
      if (leader.isPresent()) {
        return leader.getAsInt();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException(cluster.system() + " has no leader");
  }
}
