package dev.synod.benchmarks.crdt;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What is left of sets that were made and removed again, on two nodes in this process: after a
 * round that warms up, and after each of two as large as wanted. What stays once, such as classes
 * and pools of buffers, is there before the second of them; what a leak leaves comes with each.
 */
final class Forgetting {

  private static final int WARM = 10_000;
  private static final int ROUNDS = 2;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * Pekko's scheduler keeps a timer that was cancelled, such as that of an ask which was answered,
   * until its wheel comes by: 512 ticks of 10 ms. Before, the heap has some 48 bytes for each call
   * of the last five seconds.
   */
  private static final long WHEEL_TURNS_SECONDS = 7;

  private final DataSystem system;
  private final DataNode first;
  private final DataNode second;

  private Forgetting(DataSystem system, DataNode first, DataNode second) {
    this.system = system;
    this.first = first;
    this.second = second;
  }

  static void run(DataSystem system, int keys) throws Exception {
    var ports = Replicating.ports();
    try (var first = system.start(0, ports);
        var second = system.start(1, ports)) {
      Replicating.meet(first, second);
      new Forgetting(system, first, second).run(keys);
    }
  }

  private void run(int keys) throws Exception {
    cycle("warm", WARM);
    long before = heap();
    for (int round = 1; round <= ROUNDS; round++) {
      cycle("r" + round + "k", keys);
      long after = heap();
      Replicating.print(
          system.name(),
          "left of %,d keys made and removed, round %d".formatted(keys, round),
          String.format(
              Locale.ROOT,
              "%,d and %,d keys, %+,.2f MB of %,.1f MB of heap",
              Replicating.await(first.keys()),
              Replicating.await(second.keys()),
              (after - before) / 1e6,
              after / 1e6));
      before = after;
    }
  }

  private void cycle(String prefix, int keys) throws Exception {
    Replicating.all(
        keys, i -> first.add(prefix + i, 0, 1).thenCompose(added -> first.remove(prefix + i)));
    settle();
  }

  /** Waits until no key is left but the one by which they met, or for as long as that may take. */
  private void settle() throws Exception {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < until
        && (Replicating.await(first.keys()) > 1 || Replicating.await(second.keys()) > 1)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.SECONDS.sleep(WHEEL_TURNS_SECONDS);
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
