package dev.synod.benchmarks.crdt;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** What is measured, of one system after the other. */
public final class Replicating {

  static final int OUTSTANDING = 64;
  private static final int SHARDS = 4;
  private static final int ELEMENTS_A_CHANGE = 10_000;
  private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final DataSystem system;
  private final Course course;

  /**
   * How much is done.
   *
   * @param writes whose way to the other node is timed, one after the other
   * @param seconds of writing as fast as answers come, in each turn
   * @param turns of writing, of both systems alternately
   * @param keys that a node has when another joins it
   * @param elements of one set that a node has when another joins it
   * @param forgotten keys that are made and removed again
   * @param patience how long a join may take, in seconds
   */
  public record Course(
      int writes, int seconds, int turns, int keys, int elements, int forgotten, int patience) {}

  private Replicating(DataSystem system, Course course) {
    this.system = system;
    this.course = course;
  }

  /**
   * Measures Synod's in memory, there in shards, and on disk, then Pekko's Distributed Data.
   *
   * @param folder an empty one, on the disk that is to be measured
   */
  public static void run(Course course, Path folder) throws Exception {
    var systems =
        List.of(
            SynodValues.inMemory(),
            SynodValues.inShards(SHARDS),
            SynodValues.onDisk(folder),
            new DistributedDataSystem());
    LocalWrites.run(systems, course);
    for (DataSystem system : systems) {
      new Replicating(system, course).run();
    }
    for (DataSystem system : List.of(SynodValues.registered(), new DistributedDataSystem())) {
      Forgetting.run(system, course.forgotten());
    }
    print(
        "synod", "10 keys differ of %,d".formatted(course.keys()), Differing.bytes(course.keys()));
  }

  static void print(String system, String what, String figure) {
    System.out.printf(Locale.ROOT, "%-13s  %-44s %s%n", system, what, figure);
  }

  private void run() throws Exception {
    onTwo(this::visible);
    joining(
        "join: %,d counters".formatted(course.keys()),
        first -> all(course.keys(), i -> first.count("k" + i)),
        DataNode::keys,
        course.keys());
    joining(
        "join: a set of %,d".formatted(course.elements()),
        this::fill,
        node -> node.size("s"),
        course.elements());
  }

  /** Some thousand elements in each change. */
  private void fill(DataNode node) throws Exception {
    for (int from = 0; from < course.elements(); from += ELEMENTS_A_CHANGE) {
      await(node.add("s", from, Math.min(course.elements(), from + ELEMENTS_A_CHANGE)));
    }
  }

  /** Something that may fail. */
  private interface Part<T> {
    void run(T with) throws Exception;
  }

  private void onTwo(Part<List<DataNode>> part) throws Exception {
    var ports = ports();
    try (var first = system.start(0, ports);
        var second = system.start(1, ports)) {
      meet(first, second);
      part.run(List.of(first, second));
    }
  }

  /** Comes back when the second has a change of the first. */
  static void meet(DataNode first, DataNode second) throws Exception {
    await(first.count("warm"));
    until("the other node", () -> await(second.counter("warm")) == 1);
  }

  /** From a write on one node to the subscriber's call on the other. */
  private void visible(List<DataNode> nodes) throws Exception {
    var seen = new Semaphore(0);
    var random = new SplittableRandom(1);
    var latencies = new Histogram(SLOWEST_NANOS, 3);
    nodes.get(1).onChange("seen", seen::release);
    TimeUnit.SECONDS.sleep(1);
    for (int i = -20; i < course.writes(); i++) {
      TimeUnit.MICROSECONDS.sleep(random.nextInt(100_000));
      seen.drainPermits();
      long start = System.nanoTime();
      nodes.get(0).count("seen");
      if (!seen.tryAcquire(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("never seen");
      }
      if (i >= 0) {
        latencies.recordValue(System.nanoTime() - start);
      }
    }
    print(
        system.name(),
        "visible on another node, ms",
        String.format(
            Locale.ROOT,
            "p50 %.2f  p99 %.2f",
            latencies.getValueAtPercentile(50) / 1e6,
            latencies.getValueAtPercentile(99) / 1e6));
  }

  /** How long a node takes from its start until it has all that the other has. */
  private void joining(
      String what, Part<DataNode> fill, Function<DataNode, CompletionStage<Integer>> has, int all)
      throws Exception {
    var ports = ports();
    try (var first = system.start(0, ports)) {
      fill.run(first);
      long start = System.nanoTime();
      try (var second = system.start(1, ports);
          var others = new Meanwhile(first, second)) {
        int have = 0;
        long until = start + TimeUnit.SECONDS.toNanos(course.patience());
        while (have < all && System.nanoTime() < until) {
          have = await(has.apply(second));
          TimeUnit.MILLISECONDS.sleep(5);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        print(
            system.name(),
            what,
            have < all
                ? "not in %d s (has %,d)".formatted(course.patience(), have)
                : String.format(Locale.ROOT, "%.2f s, %s", seconds, others.longest()));
      }
    }
  }

  /** One after the other, but many outstanding. */
  static void all(int count, IntFunction<CompletionStage<?>> each) throws InterruptedException {
    var room = new Semaphore(OUTSTANDING);
    for (int i = 0; i < count; i++) {
      room.acquire();
      each.apply(i).whenComplete((done, failure) -> room.release());
    }
    room.acquire(OUTSTANDING);
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(5, TimeUnit.MINUTES);
  }

  private static void until(String what, Callable<Boolean> holds) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!holds.call()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(what + " does not answer");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  static List<Integer> ports() throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    for (int i = 0; i < 2; i++) {
      sockets.add(new ServerSocket(0));
    }
    var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (var socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
