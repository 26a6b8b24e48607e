package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Waiting;
import java.util.concurrent.TimeUnit;

/**
 * A light load: a write every few milliseconds, whether or not the one before was answered. Knows
 * when a write was last acknowledged that began after a given time.
 */
final class Pacer implements AutoCloseable {

  static final int BYTES = 100;

  private static final long INTERVAL_MILLIS = 5;
  private static final long LONGEST_SECONDS = 60;

  private final Subject subject;
  private final Thread clock = new Thread(this::run, "pacer");
  private long since = Long.MAX_VALUE;
  private long acknowledged;

  Pacer(Subject subject) {
    this.subject = subject;
    clock.setDaemon(true);
    clock.start();
  }

  private void run() {
    try {
      while (true) {
        write();
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    long began = System.nanoTime();
    // One that fails is a write not acknowledged; the next one follows in any case.
    subject
        .write(new byte[BYTES])
        .whenComplete(
            (reply, failure) -> {
              if (failure == null) {
                acknowledged(began);
              }
            });
  }

  private synchronized void acknowledged(long began) {
    if (began > since) {
      acknowledged = System.nanoTime();
      since = Long.MAX_VALUE;
      notifyAll();
    }
  }

  /**
   * Waits for a write to be acknowledged that began after that time; returns when it was. Both are
   * readings of {@link System#nanoTime}.
   */
  synchronized long nextWriteSince(long time) throws InterruptedException {
    since = time;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (since != Long.MAX_VALUE) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no write was acknowledged in " + LONGEST_SECONDS + " s");
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
    }
    return acknowledged;
  }

  @Override
  public void close() {
    clock.interrupt();
    Waiting.untilEnded(clock::join);
  }
}
