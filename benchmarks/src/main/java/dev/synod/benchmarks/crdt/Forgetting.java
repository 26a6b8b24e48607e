package dev.synod.benchmarks.crdt;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is left of sets that were made and removed again, on two nodes in this process. */
final class Forgetting {

  private static final int WARM = 10_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Forgetting() {}

  static void run(DataSystem system, int keys) throws Exception {
    var ports = Replicating.ports();
    try (var first = system.start(0, ports);
        var second = system.start(1, ports)) {
      Replicating.meet(first, second);
      cycle(first, "warm", WARM);
      settle(first, second);
      long before = heap();
      cycle(first, "k", keys);
      settle(first, second);
      Replicating.print(
          system.name(),
          "left of %,d keys made and removed".formatted(keys),
          String.format(
              Locale.ROOT,
              "%,d and %,d keys, %,.1f MB of heap",
              Replicating.await(first.keys()),
              Replicating.await(second.keys()),
              (heap() - before) / 1e6));
    }
  }

  private static void cycle(DataNode node, String prefix, int keys) throws Exception {
    Replicating.all(
        keys, i -> node.add(prefix + i, 0, 1).thenCompose(added -> node.remove(prefix + i)));
  }

  /** Waits until no key is left but the one by which they met, or for as long as that may take. */
  private static void settle(DataNode first, DataNode second) throws Exception {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < until
        && (Replicating.await(first.keys()) > 1 || Replicating.await(second.keys()) > 1)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
