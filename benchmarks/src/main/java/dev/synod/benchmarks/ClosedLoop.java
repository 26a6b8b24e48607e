package dev.synod.benchmarks;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Keeps so many requests outstanding: each answer starts the next request, on the thread that
 * brings it.
 */
final class ClosedLoop {

  private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Subject subject;
  private final Workload workload;
  private final Histogram latencies = new ConcurrentHistogram(SLOWEST_NANOS, 3);
  private final AtomicLong failures = new AtomicLong();
  private final CountDownLatch lanes;
  private volatile boolean measuring;
  private volatile boolean stopping;

  ClosedLoop(Subject subject, Workload workload) {
    this.subject = subject;
    this.workload = workload;
    this.lanes = new CountDownLatch(workload.outstanding());
  }

  Row run(int turn) throws InterruptedException {
    for (int lane = 0; lane < workload.outstanding(); lane++) {
      var random = new SplittableRandom(lane);
      // A system that answers at once keeps a lane on the thread that asked.
      new Thread(() -> drive(random, new byte[workload.bytes()]), "lane-" + lane).start();
    }
    TimeUnit.SECONDS.sleep(workload.warmupSeconds());
    Usage before = subject.usage();
    long start = System.nanoTime();
    measuring = true;
    TimeUnit.SECONDS.sleep(workload.seconds());
    measuring = false;
    double seconds = (System.nanoTime() - start) / 1e9;
    Usage used = subject.usage().since(before);
    stopping = true;
    if (!lanes.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(lanes.getCount() + " requests were never answered");
    }
    long operations = latencies.getTotalCount();
    return new Row(
        subject.system(),
        subject.layout(),
        workload.kind(),
        subject.replicas(),
        subject.groups(),
        workload.outstanding(),
        workload.bytes(),
        operations / seconds,
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        Costs.of(used, (double) Math.max(1, operations)),
        failures.get(),
        turn);
  }

  /** One lane, until it has to wait for an answer, which then goes on with it. */
  private void drive(SplittableRandom random, byte[] pattern) {
    while (!stopping) {
      long start = System.nanoTime();
      CompletionStage<?> answer = request(random, pattern);
      var state = answer.toCompletableFuture();
      if (!state.isDone()) {
        answer.whenComplete(
            (reply, failure) -> {
              count(start, failure != null);
              drive(random, pattern);
            });
        return;
      }
      count(start, state.isCompletedExceptionally());
    }
    lanes.countDown();
  }

  private CompletionStage<?> request(SplittableRandom random, byte[] pattern) {
    int register = random.nextInt(workload.registers());
    if (random.nextInt(100) < workload.readPercent()) {
      byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(register).array();
      return subject.read(key, workload.freshness());
    }
    // Values differ, so that none is taken for another; few bytes do for that.
    ByteBuffer.wrap(pattern).putInt(register);
    if (pattern.length >= Integer.BYTES + Long.BYTES) {
      ByteBuffer.wrap(pattern).putLong(pattern.length - Long.BYTES, random.nextLong());
    }
    return subject.write(pattern.clone());
  }

  private void count(long start, boolean failed) {
    if (measuring) {
      if (!failed) {
        latencies.recordValue(Math.min(SLOWEST_NANOS, System.nanoTime() - start));
      } else {
        failures.incrementAndGet();
      }
    }
  }
}
