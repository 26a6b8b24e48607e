package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.log.format.RecordKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is queued, batch after batch: one write and one force each, then the report. Ends
 * when nothing is queued, and is submitted again by the next write; so it never waits for work.
 * Group commit is natural: a batch is what came in while the force before was running.
 */
final class LogWriter implements Runnable {

  private final Tail tail;
  private final LogPorts ports;
  private final int yieldsMax;
  private final Reclaimer reclaimer;
  private final Consumer<Segment> makeFile;
  private final Consumer<LogFailure> tellGroups;
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final Object writing = new Object();
  private boolean scheduled;

  LogWriter(
      Tail tail,
      LogPorts ports,
      int yieldsMax,
      Reclaimer reclaimer,
      Consumer<Segment> makeFile,
      Consumer<LogFailure> tellGroups) {
    this.tail = tail;
    this.ports = ports;
    this.yieldsMax = yieldsMax;
    this.reclaimer = reclaimer;
    this.makeFile = makeFile;
    this.tellGroups = tellGroups;
  }

  /**
   * Queues a task for the reader's thread; run by the next {@link #kick}. Under the tail's monitor.
   */
  void inBackground(Runnable task) {
    background.add(task);
  }

  /** Whether {@link #kick} would do anything. Under the tail's monitor. */
  boolean needsKick() {
    return !scheduled || !background.isEmpty();
  }

  /** Starts what is to be done. Called after every change, outside the tail's monitor. */
  void kick() {
    List<Runnable> tasks;
    boolean start;
    synchronized (tail) {
      tasks = takeBackground();
      start = !scheduled && canWrite(tail.peek());
      scheduled |= start;
    }
    tasks.forEach(ports.reader()::execute);
    if (start) {
      ports.writer().execute(this);
    }
  }

  @Override
  public void run() {
    boolean finished = false;
    try {
      synchronized (writing) {
        while (writeNext()) {
          // until nothing is queued
        }
      }
      finished = true;
    } finally {
      if (!finished) {
        fail(new LogFailure(LogFailure.Kind.IO, "a listener of the log threw; restart the node"));
      }
    }
    kick();
  }

  /**
   * Writes all that is queued, and a mark that the log was closed in order, on the calling thread.
   */
  void finish() {
    synchronized (writing) {
      writeAll();
      synchronized (tail) {
        tail.header().set(RecordKind.CLOSED, (byte) 0, 0, 0, 0);
        tail.put(null, Bytes.EMPTY);
      }
      writeAll();
      synchronized (tail) {
        if (tail.failure() == null) {
          tail.fail(new LogFailure(LogFailure.Kind.IO, "the log was closed"));
        }
      }
    }
  }

  private void writeAll() {
    Segment missing;
    do {
      while (writeNext()) {
        // until nothing is queued
      }
      synchronized (tail) {
        Batch next = tail.peek();
        missing = next == null ? null : next.segment();
      }
      if (missing != null) {
        makeFile.accept(missing);
      }
    } while (missing != null);
  }

  private boolean writeNext() {
    Batch batch;
    LogFailure unprepared;
    synchronized (tail) {
      batch = tail.peek();
      unprepared = batch == null ? null : unprepared(batch.segment());
      if (batch == null || !canWrite(batch)) {
        scheduled = false;
        return false;
      }
      if (unprepared == null) {
        tail.take(batch);
      }
    }
    if (unprepared != null) {
      fail(unprepared);
      return false;
    }
    return write(batch);
  }

  private static boolean canWrite(@Nullable Batch batch) {
    return batch != null && (batch.segment().isReady() || batch.segment().failure() != null);
  }

  /** Why the segment's file is missing for good. */
  private @Nullable LogFailure unprepared(Segment segment) {
    LogFailure failure = segment.isReady() ? null : segment.failure();
    if (failure != null && segment.mayTryAgain()) {
      background.add(() -> makeFile.accept(segment));
      return null;
    }
    return failure;
  }

  private boolean write(Batch batch) {
    long start = ports.ticker().getAsLong();
    try {
      batch.segment().file().write(batch.seal(), batch.partCount(), batch.start());
      batch.segment().file().force();
    } catch (IOException e) {
      String name = ports.disk().describe() + "/" + SegmentFiles.name(batch.segment().number());
      fail(LogFailure.of("writing " + name + " at " + batch.start(), e));
      return false;
    }
    ports
        .observer()
        .batchDurable(batch.records(), batch.size(), ports.ticker().getAsLong() - start);
    report(batch);
    giveWay(batch);
    return true;
  }

  /**
   * The groups just told are about to write again: if the writer went on at once, it would force
   * their first few alone.
   */
  @SuppressWarnings("ThreadPriorityCheck") // only how full a batch is depends on it
  private void giveWay(Batch batch) {
    int yields = batch.marks().size() > 1 ? yieldsMax : 0;
    for (int i = 0; i < yields && tail.queuedBytes() < batch.size(); i++) {
      Thread.yield();
    }
  }

  private void report(Batch batch) {
    List<Tail.Deferred> due;
    List<Runnable> tasks;
    synchronized (tail) {
      due = tail.written(batch);
      reclaimer.consider();
      tasks = takeBackground();
    }
    batch.marks().forEach(Batch.Mark::report);
    due.forEach(Tail.Deferred::durable);
    tasks.forEach(ports.reader()::execute);
  }

  private List<Runnable> takeBackground() {
    if (background.isEmpty()) {
      return List.of();
    }
    List<Runnable> tasks = new ArrayList<>(background);
    background.clear();
    return tasks;
  }

  /**
   * After a failed write or sync nobody knows what is on disk: nothing is tried again, and nothing
   * more is written.
   */
  private void fail(LogFailure failure) {
    List<Tail.Deferred> vain;
    synchronized (tail) {
      vain = tail.fail(failure);
      scheduled = false;
    }
    ports.observer().failed(failure);
    tellGroups.accept(failure);
    for (Tail.Deferred task : vain) {
      task.failed(failure);
    }
  }
}
