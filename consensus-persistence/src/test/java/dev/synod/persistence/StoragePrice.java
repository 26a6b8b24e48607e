package dev.synod.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Storage;
import dev.synod.core.StateMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each storage costs: the same Raft group of three nodes in one actor system, kept in memory,
 * on disk, in H2 and in PostgreSQL (if installed), in turns. No test that a build runs; README.md
 * says how to run it.
 */
@Tag("process")
@DisplayName("The price of a storage")
class StoragePrice {

  private static final String DISK = "disk";
  private static final int VALUE_BYTES = 100;
  private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final int seconds = Integer.getInteger("synod.price.seconds", 3);
  private final int turns = Integer.getInteger("synod.price.turns", 3);
  private final Map<Row, List<Histogram>> measured = new LinkedHashMap<>();

  private record Row(String kept, int outstanding) {}

  @Test
  @DisplayName("in writes a second, and latency")
  void price(@TempDir Path folder) throws Exception {
    var binaries = PostgresServer.installed();
    for (int turn = 1; turn <= turns; turn++) {
      var place = Files.createDirectory(folder.resolve("turn" + turn));
      measure("memory", new LocalNodes(plain(), place), node -> Storage.MEMORY);
      measure(DISK, new LocalNodes(plain(), place), node -> Storage.DISK);
      measureIn("H2", H2.in(place), place);
      if (binaries.isPresent()) {
        try (var server = PostgresServer.start(binaries.orElseThrow())) {
          measureIn("PostgreSQL", server.database("postgres"), place);
        }
      }
    }
    System.out.printf(
        "%-12s %11s %10s %7s %8s %8s%n",
        "kept in", "outstanding", "writes/s", "× disk", "p50 µs", "p99 µs");
    measured.forEach((row, turnsOfIt) -> System.out.println(text(row, turnsOfIt)));
  }

  /** Medians of the turns, and the writes as a part of those on disk. */
  private String text(Row row, List<Histogram> turnsOfIt) {
    var disk = measured.getOrDefault(new Row(DISK, row.outstanding()), turnsOfIt);
    return String.format(
        Locale.ROOT,
        "%-12s %11d %10.0f %7.2f %8.0f %8.0f",
        row.kept(),
        row.outstanding(),
        writes(turnsOfIt),
        writes(turnsOfIt) / writes(disk),
        median(turnsOfIt, one -> one.getValueAtPercentile(50) / 1e3),
        median(turnsOfIt, one -> one.getValueAtPercentile(99) / 1e3));
  }

  private double writes(List<Histogram> turnsOfIt) {
    return median(turnsOfIt, one -> one.getTotalCount() / (double) seconds);
  }

  private static double median(List<Histogram> all, ToDoubleFunction<Histogram> of) {
    var sorted = all.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private void measureIn(String name, Database database, Path place) throws InterruptedException {
    var nodes = new LocalNodes(database.config(), place);
    database.create(nodes.system());
    measure(name, nodes, node -> PersistentStorage.with(PersistenceStoreContract.settings(node)));
  }

  private void measure(String name, LocalNodes nodes, Function<String, Storage> storage)
      throws InterruptedException {
    try (nodes) {
      var group = nodes.<byte[], Long, Long>start("counted", Counted::new, storage).get(0);
      Database.done(group.ask(new byte[VALUE_BYTES]));
      for (int outstanding : new int[] {1, 64, 256}) {
        measured
            .computeIfAbsent(new Row(name, outstanding), row -> new ArrayList<>())
            .add(new Loop(group, outstanding).run(seconds));
      }
    }
  }

  private static Config plain() {
    return ConfigFactory.parseString("pekko.loglevel = ERROR\nsynod.meters = off")
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  /** So many writes under way: each answer starts the next. */
  private static final class Loop {

    private final GroupRef<byte[], Long> group;
    private final int outstanding;
    private final Histogram latencies = new ConcurrentHistogram(SLOWEST_NANOS, 3);
    private final CountDownLatch lanes;
    private volatile boolean measuring;
    private volatile boolean stopping;

    Loop(GroupRef<byte[], Long> group, int outstanding) {
      this.group = group;
      this.outstanding = outstanding;
      this.lanes = new CountDownLatch(outstanding);
    }

    Histogram run(int seconds) throws InterruptedException {
      for (int lane = 0; lane < outstanding; lane++) {
        next();
      }
      pause(seconds);
      measuring = true;
      pause(seconds);
      measuring = false;
      stopping = true;
      if (!lanes.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError(lanes.getCount() + " writes were never answered");
      }
      return latencies;
    }

    private void next() {
      if (stopping) {
        lanes.countDown();
        return;
      }
      long start = System.nanoTime();
      group.ask(new byte[VALUE_BYTES]).whenComplete((reply, failure) -> answered(start, failure));
    }

    private void answered(long start, Throwable failure) {
      if (failure != null) {
        throw new AssertionError(failure);
      }
      if (measuring) {
        latencies.recordValue(Math.min(SLOWEST_NANOS, System.nanoTime() - start));
      }
      next();
    }

    /** A measurement is the one thing that takes its time. */
    private static void pause(int seconds) throws InterruptedException {
      new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
  }

  private static final class Counted implements StateMachine<byte[], Long, Long> {

    private long writes;

    @Override
    public Long apply(byte[] command, Context context) {
      writes++;
      return writes;
    }

    @Override
    public Long query(byte[] query) {
      return writes;
    }

    @Override
    public Long snapshot() {
      return writes;
    }

    @Override
    public void restore(Long state) {
      writes = state;
    }
  }
}
