package dev.synod.benchmarks.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes on one node, confirmed there, while another is told of them. All systems run from the
 * beginning and write in turns, each of them first in some: what is compiled for one serves the
 * others too, and what else the machine does hits all alike.
 */
final class LocalWrites {

  private static final int COUNTERS = 1000;
  private static final int WARM_UP_SECONDS = 5;

  private final DataSystem system;
  private final DataNode first;
  private final DataNode second;
  private final List<Double> rates = new ArrayList<>();

  private LocalWrites(DataSystem system) throws Exception {
    this.system = system;
    var ports = Replicating.ports();
    this.first = system.start(0, ports);
    this.second = system.start(1, ports);
    Replicating.meet(first, second);
  }

  static void run(List<DataSystem> systems, Replicating.Course course) throws Exception {
    var running = new ArrayList<LocalWrites>();
    try {
      for (DataSystem system : systems) {
        running.add(new LocalWrites(system));
      }
      for (var one : running) {
        one.write(WARM_UP_SECONDS);
      }
      var order = new ArrayList<>(running);
      for (int turn = 0; turn < course.turns(); turn++) {
        for (var one : order) {
          one.rates.add(one.write(course.seconds()));
        }
        Collections.rotate(order, 1);
      }
    } finally {
      for (var one : running) {
        one.second.close();
        one.first.close();
      }
    }
    running.forEach(LocalWrites::print);
  }

  private void print() {
    Collections.sort(rates);
    Replicating.print(
        system.name(),
        "local writes/s, %d outstanding".formatted(Replicating.OUTSTANDING),
        String.format(
            Locale.ROOT,
            "%,.0f (median of %d, %,.0f to %,.0f)",
            rates.get(rates.size() / 2),
            rates.size(),
            rates.get(0),
            rates.get(rates.size() - 1)));
  }

  /** As fast as answers come; writes a second. */
  private double write(int seconds) throws InterruptedException {
    var room = new Semaphore(Replicating.OUTSTANDING);
    var failures = new AtomicLong();
    long start = System.nanoTime();
    long writes = 0;
    while (System.nanoTime() < start + TimeUnit.SECONDS.toNanos(seconds)) {
      room.acquire();
      first
          .count("k" + writes++ % COUNTERS)
          .whenComplete(
              (done, failure) -> {
                room.release();
                if (failure != null) {
                  failures.incrementAndGet();
                }
              });
    }
    room.acquire(Replicating.OUTSTANDING);
    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " writes failed");
    }
    return writes * 1e9 / (System.nanoTime() - start);
  }
}
