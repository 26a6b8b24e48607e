package dev.synod.log;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes one node's log. It has room for one task besides the running one, which is
 * all that a log ever submits; handing a task over costs one swap, and a wake-up only if the thread
 * sleeps.
 */
public final class WriterThread implements Executor, AutoCloseable {

  private static final Runnable STOP = () -> {};

  private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
  private final int spinsMax;
  private final Thread thread;
  private volatile boolean asleep;

  /**
   * @param spinsMax how often the thread looks for the next task before it sleeps: 0 where the
   *     cores have other work to do, as they had wherever this was measured
   */
  public WriterThread(String name, int spinsMax) {
    this.spinsMax = spinsMax;
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
    Runnable task = next.getAndSet(null);
    for (int i = 0; task == null && i < spinsMax; i++) {
      Thread.onSpinWait();
      task = next.get() == null ? null : next.getAndSet(null);
    }
    while (task == null) {
      asleep = true;
      task = next.getAndSet(null);
      if (task == null) {
        LockSupport.park(this);
        // An interrupt means nothing here, and would keep the thread from sleeping.
        Thread.interrupted();
        task = next.getAndSet(null);
      }
    }
    asleep = false;
    return task;
  }
}
