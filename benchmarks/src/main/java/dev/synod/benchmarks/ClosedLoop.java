package dev.synod.benchmarks;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

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
      next(new Random(lane));
    }
    TimeUnit.SECONDS.sleep(workload.warmupSeconds());
    long cpu = subject.cpuNanos();
    long start = System.nanoTime();
    measuring = true;
    TimeUnit.SECONDS.sleep(workload.seconds());
    measuring = false;
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuNanos = subject.cpuNanos() - cpu;
    stopping = true;
    if (!lanes.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(lanes.getCount() + " requests were never answered");
    }
    long operations = latencies.getTotalCount();
    return new Row(
        subject.system(),
        subject.layout(),
        workload.kind(),
        workload.outstanding(),
        workload.bytes(),
        operations / seconds,
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        cpuNanos / 1e3 / Math.max(1, operations),
        failures.get(),
        turn);
  }

  private void next(Random random) {
    if (stopping) {
      lanes.countDown();
      return;
    }
    byte[] value = new byte[workload.bytes()];
    random.nextBytes(value);
    ByteBuffer.wrap(value).putInt(random.nextInt(Registers.COUNT));
    long start = System.nanoTime();
    var answer = workload.reads() ? subject.read(value) : subject.write(value);
    answer.whenComplete((reply, failure) -> answered(random, start, failure));
  }

  private void answered(Random random, long start, @Nullable Throwable failure) {
    if (measuring) {
      if (failure == null) {
        latencies.recordValue(Math.min(SLOWEST_NANOS, System.nanoTime() - start));
      } else {
        failures.incrementAndGet();
      }
    }
    next(random);
  }
}
