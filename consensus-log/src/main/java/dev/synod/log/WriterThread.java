package dev.synod.log;

import dev.synod.core.Invariants;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes one node's log. It has room for one task besides the running one, which is all that a log ever
 * submits; handing a task over costs one swap, and a wake-up only if the thread sleeps.
 */
public final class WriterThread implements Executor, AutoCloseable {

  private static final Runnable STOP = () -> {};

  private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
  private final long spinNanos;
  private final Thread thread;
  private volatile boolean asleep;

  /**
   * @param spinNanos how long the thread looks for the next task before it sleeps, in nanoseconds; 0 where the cores have other
   *     work to do
   */
  public WriterThread(String name, long spinNanos) {
    this.spinNanos = spinNanos;
    this.thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void execute(Runnable task) {
    if (!thread.isAlive() || !next.compareAndSet(null, task)) {
      throw new RejectedExecutionException(
          "the log's writer " + thread.getName() + " is stopped, or has a task waiting already");
    }
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /** Ends the thread after the task that waits, if any. Close the log first. */
  @Override
  public void close() {
    while (thread.isAlive() && !next.compareAndSet(null, STOP)) {
      Thread.onSpinWait();
    }
    LockSupport.unpark(thread);
  }

  private void work() {
    while (true) {
      Runnable task = await();
      if (task == STOP) {
        return;
      }
      task.run();
    }
  }

  private Runnable await() {
    Runnable task = spin();
    while (task == null) {
      asleep = true;
      task = next.getAndSet(null);
      if (task == null) {
        LockSupport.park(this);
        Invariants.check(!Thread.interrupted(), "nobody interrupts the log's writer %s", 0);
        task = next.getAndSet(null);
      }
    }
    asleep = false;
    return task;
  }

  private @Nullable Runnable spin() {
    long start = System.nanoTime();
    Runnable task = next.getAndSet(null);
    while (task == null && System.nanoTime() - start < spinNanos) {
      Thread.onSpinWait();
      task = next.get() == null ? null : next.getAndSet(null);
    }
    return task;
  }
}
