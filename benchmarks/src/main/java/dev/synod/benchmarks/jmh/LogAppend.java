package dev.synod.benchmarks.jmh;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.LogPorts;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.WriterThread;
import dev.synod.log.disk.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The log's own work for a batch of 100-byte entries, from append to the report that they are
 * durable, with a real writer thread and a disk in memory: what is left once the disk costs
 * nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LogAppend {

  private static final int ENTRY_BYTES = 100;

  /** The log is compacted whenever it has grown by so much, so that memory holds it. */
  private static final int ENTRIES_KEPT = 100_000;

  @Param({"1", "64"})
  public int entries;

  private final Semaphore durable = new Semaphore(0);
  private final Bytes payload = Bytes.wrap(new byte[ENTRY_BYTES]);
  private Open open;

  /** A log with its threads. */
  private record Open(WriterThread writer, NodeLog log, GroupLog group) {}

  @Setup(Level.Trial)
  public void open() throws IOException {
    var writer = new WriterThread("jmh-log-writer", 0);
    var log =
        NodeLog.open(
            LogSettings.STANDARD,
            LogPorts.of(new MemoryDisk(new Random(1)), writer, Runnable::run, new Random(1)));
    var group = log.group(new GroupId("jmh"));
    group.listener(
        new GroupLog.Listener() {
          @Override
          public void durable(long ticket) {
            durable.release();
          }

          @Override
          public void failed(LogFailure failure) {
            throw new LogException(failure);
          }
        });
    open = new Open(writer, log, group);
  }

  @Benchmark
  public void append() throws InterruptedException {
    var group = open.group();
    long index = group.last().index();
    var batch = new ArrayList<Entry>(entries);
    for (int i = 1; i <= entries; i++) {
      batch.add(new Entry(index + i, new Term(1), EntryKind.COMMAND, payload));
    }
    await(group, group.append(List.copyOf(batch)));
    if (group.last().index() - group.base().index() > ENTRIES_KEPT) {
      await(group, group.compactTo(group.last()));
    }
  }

  private void await(GroupLog group, long ticket) throws InterruptedException {
    while (group.durableTicket() < ticket) {
      durable.acquire();
    }
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    open.log().close();
    open.writer().close();
  }
}
