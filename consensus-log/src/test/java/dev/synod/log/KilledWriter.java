package dev.synod.log;

import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.log.disk.RealDisk;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The process that {@link KillTest} kills: appends and compacts without end, and prints what became
 * durable.
 */
final class KilledWriter {

  static final GroupId GROUP = new GroupId("killed");

  /** Small segments, so that a kill often meets a new, a moved or a deleted one. */
  static final LogSettings SETTINGS =
      new LogSettings(
          1 << 18, 1 << 14, 1 << 16, 256, 0, 1 << 10, 1 << 20, 1 << 16, 1 << 16, 50, 1, 1 << 16, 2);

  private static final int WINDOW = 64;
  private static final int KEPT = 2_000;

  private KilledWriter() {}

  private record Pending(long ticket, long base, long last) {}

  /** The entry of that index, whoever asks. */
  static Entry entry(long index) {
    return TestNode.entry(index, 1 + index / 1000, (int) (index * 7919 % 1500));
  }

  /** Argument: the directory. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    var writer = new WriterThread("killed-log-writer", 0);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    var log = NodeLog.open(RealDisk.at(Path.of(args[0])), SETTINGS, writer, reader, new Random());
    var pending = new ConcurrentLinkedQueue<Pending>();
    var window = new Semaphore(WINDOW);
    GroupLog group = log.group(GROUP);
    group.listener(
        new GroupLog.Listener() {
          @Override
          public void durable(long ticket) {
            acknowledge(ticket, pending, window, out);
          }

          @Override
          public void failed(LogFailure failure) {
            throw new LogException(failure);
          }
        });
    out.println("ready");
    for (int burst = 1; !log.failure().isPresent(); burst = burst % 7 + 1) {
      window.acquire();
      write(group, burst, pending);
    }
  }

  private static void write(GroupLog group, int burst, ConcurrentLinkedQueue<Pending> pending) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= burst; i++) {
      entries.add(entry(group.last().index() + i));
    }
    long base = group.base().index();
    long last = group.last().index() + burst;
    pending.add(new Pending(group.lastTicket() + 1, base, last));
    group.append(entries);
    if (last - base > 2 * KEPT) {
      long upTo = last - KEPT;
      group.compactTo(new LogPosition(upTo, group.termAt(upTo)));
    }
  }

  private static void acknowledge(
      long ticket, ConcurrentLinkedQueue<Pending> pending, Semaphore window, PrintStream out) {
    Pending durable = null;
    while (!pending.isEmpty() && pending.element().ticket() <= ticket) {
      durable = pending.remove();
      window.release();
    }
    if (durable != null) {
      out.println(durable.base() + " " + durable.last() + " .");
    }
  }
}
