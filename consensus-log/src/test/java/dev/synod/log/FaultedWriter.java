package dev.synod.log;

import dev.synod.core.GroupId;
import dev.synod.log.disk.RealDisk;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process whose disk {@link OperatingSystemFaultsTest} breaks: appends one entry after the
 * other, prints each that became durable, and goes on asking after the log has failed.
 */
final class FaultedWriter {

  static final GroupId GROUP = new GroupId("faulted");

  /** Printed before each index that is durable. */
  static final String DURABLE = "durable ";

  /** Printed before the kind and message of the failure. */
  static final String FAILED = "failed ";

  /** The last line: nothing that was asked after the failure was done. */
  static final String REFUSED = "refused all";

  private static final int ASKED_AFTER = 20;

  private FaultedWriter() {}

  /** Argument: the directory. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    var writer = new WriterThread("faulted-log-writer", 0);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    var directory = RealDisk.at(Path.of(args[0]));
    var log = NodeLog.open(directory, KilledWriter.SETTINGS, writer, reader, new Random());
    BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    GroupLog group = log.group(GROUP);
    group.listener(new Telling(told));
    Object answer = 0L;
    for (long index = 1; !(answer instanceof LogFailure); index++) {
      group.append(List.of(KilledWriter.entry(index)));
      answer = told.take();
      if (answer instanceof Long) {
        out.println(DURABLE + index);
      }
    }
    out.println(FAILED + answer);
    long durable = group.durableTicket();
    for (int i = 0; i < ASKED_AFTER; i++) {
      group.append(List.of(KilledWriter.entry(group.last().index() + 1)));
    }
    log.close();
    writer.close();
    reader.shutdownNow();
    out.println(
        told.isEmpty() && group.durableTicket() == durable ? REFUSED : "told more: " + told);
  }

  private record Telling(BlockingQueue<Object> told) implements GroupLog.Listener {
    @Override
    public void durable(long ticket) {
      told.add(ticket);
    }

    @Override
    public void failed(LogFailure failure) {
      told.add(failure);
    }
  }
}
