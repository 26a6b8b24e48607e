package dev.synod.log;

import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.disk.RealDisk;
import dev.synod.log.format.RecordHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The log beside the raw floor of the same machine, in alternating turns of the same run: see the
 * module's README for the command.
 */
final class LogBench {

  private static final int TURNS = 7;
  private static final int WRITES = 3_000;
  private static final int BATCHES = 1_500;
  private static final int GROUPS = 64;
  private static final int PAYLOAD = 100;
  private static final int GROWTH_PAYLOAD = 16;
  private static final int RECORD = (int) RecordHeader.sizeOf(PAYLOAD);

  private final Path root;
  private final int spinsMax;

  private LogBench(Path root, int spinsMax) {
    this.root = root;
    this.spinsMax = spinsMax;
  }

  /**
   * Arguments: a directory on the disk to measure; how often the writer spins, or "growth" for the
   * index of logs up to 100 million entries.
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args.length > 0 ? args[0] : "target/log-bench");
    boolean grows = args.length > 1 && args[1].equals("growth");
    var bench = new LogBench(root, args.length > 1 && !grows ? Integer.parseInt(args[1]) : 0);
    bench.clean();
    if (grows) {
      bench.growth();
      return;
    }
    bench.single();
    bench.clean();
    for (int outstanding : new int[] {1, 2, 4}) {
      bench.groups(outstanding);
      bench.clean();
    }
    bench.recovery(1L << 30);
    bench.clean();
  }

  private void single() throws Exception {
    List<long[]> floor = new ArrayList<>();
    List<long[]> log = new ArrayList<>();
    try (var raw = new Floor(root.resolve("floor"), RECORD);
        var node = new Node(root.resolve("log"), spinsMax)) {
      node.single(WRITES);
      raw.writes(WRITES);
      for (int turn = 0; turn < TURNS; turn++) {
        floor.add(raw.writes(WRITES));
        log.add(node.single(WRITES));
      }
    }
    print("floor: write + force of one record", floor);
    print("log:   append to durable, one record", log);
    say("ratio of the medians of p50: %.2f (bar 1.25)%n", median(log, 50) / median(floor, 50));
  }

  private void groups(int outstanding) throws Exception {
    List<Double> floor = new ArrayList<>();
    List<Double> log = new ArrayList<>();
    try (var raw = new Floor(root.resolve("floor"), RECORD * GROUPS);
        var node = new Node(root.resolve("log"), spinsMax)) {
      node.groups(BATCHES, outstanding);
      raw.writes(BATCHES);
      for (int turn = 0; turn < TURNS; turn++) {
        long start = System.nanoTime();
        raw.writes(BATCHES);
        floor.add(rate(start));
        start = System.nanoTime();
        node.groups(BATCHES, outstanding);
        log.add(rate(start));
      }
      say("records a batch: %.1f%n", node.recordsPerBatch());
    }
    double median = median(log);
    say("floor: %,.0f records/s, %d in one force%n", median(floor), GROUPS);
    say("log:   %,.0f records/s, %d groups, %d outstanding each%n", median, GROUPS, outstanding);
    say("part of the floor: %.0f %% (bar 80 %%)%n", 100 * median / median(floor));
  }

  private void growth() throws Exception {
    say("   entries   index, bytes an entry   heap, bytes an entry   recovery, s%n");
    for (long entries = 1_000_000; entries <= 100_000_000; entries *= 10) {
      Path directory = root.resolve("growth");
      try (var node = new Node(directory, spinsMax)) {
        node.fill(entries, GROWTH_PAYLOAD);
      }
      long heap = usedHeap();
      long start = System.nanoTime();
      try (var node = new Node(directory, spinsMax)) {
        double seconds = (System.nanoTime() - start) / 1e9;
        double index = node.indexBytes() / (double) entries;
        double used = (usedHeap() - heap) / (double) entries;
        say("%,11d   %21.2f   %20.2f   %11.2f%n", entries, index, used, seconds);
      }
      clean();
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void recovery(long bytes) throws Exception {
    Path directory = root.resolve("recovery");
    long entries = bytes / RECORD;
    try (var node = new Node(directory, spinsMax)) {
      node.fill(entries, PAYLOAD);
    }
    double[] seconds = new double[3];
    for (int turn = 0; turn < seconds.length; turn++) {
      long start = System.nanoTime();
      try (var node = new Node(directory, spinsMax)) {
        seconds[turn] = (System.nanoTime() - start) / 1e9;
        say("index: %.2f bytes an entry (bar 24)%n", node.indexBytes() / (double) entries);
      }
    }
    Arrays.sort(seconds);
    say(
        "recovery of %,d entries in %d MiB, warm: %.2f s, from %.2f to %.2f (bar 5 s)%n",
        entries, bytes >> 20, seconds[1], seconds[0], seconds[2]);
  }

  private void clean() throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        files.sorted(Comparator.reverseOrder()).forEach(LogBench::delete);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rate(long start) {
    return (double) BATCHES * GROUPS * 1e9 / (System.nanoTime() - start);
  }

  private static void print(String what, List<long[]> turns) {
    say(
        "%s: p50 %.1f us, p99 %.1f us (medians of %d turns)%n",
        what, median(turns, 50), median(turns, 99), turns.size());
  }

  private static double median(List<long[]> turns, int percentile) {
    return median(turns.stream().map(turn -> turn[turn.length * percentile / 100] / 1e3).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void say(String format, Object... values) {
    System.out.printf(java.util.Locale.ROOT, format, values);
  }

  /** The least that any log must do: write at the end of a preallocated file, and force. */
  private static final class Floor implements AutoCloseable {

    private static final int BYTES = 64 << 20;

    private final DiskFile file;
    private final ByteBuffer[] record;
    private long at;

    Floor(Path directory, int size) throws IOException {
      file = RealDisk.at(directory).open("floor");
      file.preallocate(BYTES);
      record = new ByteBuffer[] {ByteBuffer.allocateDirect(size)};
    }

    long[] writes(int count) throws IOException {
      long[] nanos = new long[count];
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        record[0].clear();
        file.write(record, 1, at);
        file.force();
        nanos[i] = System.nanoTime() - start;
        at = (at + record[0].capacity()) % (BYTES - record[0].capacity());
      }
      Arrays.sort(nanos);
      return nanos;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** A node's log with its threads, and one thread that writes for all groups. */
  private static final class Node implements AutoCloseable, LogObserver {

    private final WriterThread writer;
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final NodeLog log;
    private final BlockingQueue<Integer> durable = new ArrayBlockingQueue<>(8 * GROUPS);
    private final List<GroupLog> groups = new ArrayList<>();
    private final Map<GroupId, Long> seen = new HashMap<>();
    private long batches;
    private long records;
    private volatile long durableAt;

    Node(Path directory, int spinsMax) throws IOException {
      Disk disk = RealDisk.at(directory);
      writer = new WriterThread("bench-log-writer", spinsMax);
      log =
          NodeLog.open(
              LogSettings.STANDARD,
              new LogPorts(disk, writer, reader, new Random(1), this, System::nanoTime));
    }

    @Override
    public void batchDurable(int batchRecords, int bytes, long forceNanos) {
      batches++;
      records += batchRecords;
    }

    double recordsPerBatch() {
      return (double) records / batches;
    }

    private void listen(GroupLog group, int number) {
      group.listener(
          new GroupLog.Listener() {
            @Override
            public void durable(long ticket) {
              durableAt = System.nanoTime();
              durable.add(number);
            }

            @Override
            public void failed(LogFailure failure) {
              throw new LogException(failure);
            }
          });
    }

    long[] single(int count) throws InterruptedException {
      if (groups.isEmpty()) {
        groups.add(log.group(new GroupId("single")));
        listen(groups.get(0), 0);
      }
      GroupLog group = groups.get(0);
      durable.clear();
      long[] nanos = new long[count];
      for (int i = 0; i < count; i++) {
        List<Entry> entries = List.of(TestNode.entry(group.last().index() + 1, 1, PAYLOAD));
        long start = System.nanoTime();
        group.append(entries);
        durable.take();
        nanos[i] = durableAt - start;
      }
      Arrays.sort(nanos);
      return nanos;
    }

    void groups(int rounds, int outstanding) throws InterruptedException {
      for (int i = groups.size(); i < GROUPS; i++) {
        groups.add(log.group(new GroupId("group-" + i)));
        listen(groups.get(i), i);
      }
      durable.clear();
      int writes = rounds * GROUPS;
      int ahead = GROUPS * outstanding;
      for (int i = 0; i < ahead; i++) {
        append(groups.get(i % GROUPS));
      }
      for (int done = 0; done < writes; ) {
        GroupLog group = groups.get(durable.take());
        for (long more = acknowledged(group); more > 0; more--, done++) {
          if (done + ahead < writes) {
            append(group);
          }
        }
      }
    }

    /** How many writes of the group have become durable since the last call. */
    private long acknowledged(GroupLog group) {
      Long before = seen.put(group.group(), group.durableTicket());
      return group.durableTicket() - (before == null ? 1 : before);
    }

    private static void append(GroupLog group) {
      group.append(List.of(TestNode.entry(group.last().index() + 1, 1, PAYLOAD)));
    }

    void fill(long entries, int payload) throws InterruptedException {
      GroupLog group = log.group(new GroupId("filled"));
      List<Entry> batch = new ArrayList<>();
      for (long index = 1; index <= entries; index++) {
        batch.add(TestNode.entry(index, 1 + index / 100_000, payload));
        if (batch.size() == 1000) {
          group.append(batch);
          batch.clear();
          while (group.isBusy()) {
            Thread.onSpinWait();
          }
        }
      }
      group.append(batch);
    }

    long indexBytes() {
      return log.indexBytes();
    }

    @Override
    public void close() {
      log.close();
      writer.close();
      reader.shutdown();
    }
  }
}
