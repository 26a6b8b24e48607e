package dev.synod.benchmarks.crdt;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads other keys at two nodes, one after the other at each, while something large goes from one
 * to the other: for how long do they not answer?
 */
final class Meanwhile implements AutoCloseable {

  private static final int KEYS = 16;
  private static final int PATIENCE_MINUTES = 5;

  private final List<Reader> readers;
  private volatile boolean isOver;

  private final class Reader {
    final DataNode node;
    final AtomicLong longest = new AtomicLong();
    final Thread thread = new Thread(this::read, "meanwhile");

    Reader(DataNode node) {
      this.node = node;
      thread.setDaemon(true);
      thread.start();
    }

    /** Of several keys, as shards are to have their turns. */
    private void read() {
      for (int i = 0; !isOver; i++) {
        long start = System.nanoTime();
        try {
          node.counter("meanwhile" + i % KEYS)
              .handle((value, failure) -> value) // one that is given up has waited, too
              .toCompletableFuture()
              .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
          longest.accumulateAndGet(System.nanoTime() - start, Math::max);
          TimeUnit.MILLISECONDS.sleep(2);
        } catch (InterruptedException e) {
          return;
        } catch (ExecutionException | TimeoutException e) {
          throw new IllegalStateException("a read did not end", e);
        }
      }
    }
  }

  Meanwhile(DataNode first, DataNode second) {
    readers = List.of(new Reader(first), new Reader(second));
  }

  /** The longest waits so far. */
  String longest() {
    return String.format(
        Locale.ROOT,
        "reads meanwhile took up to %,.0f and %,.0f ms",
        readers.get(0).longest.get() / 1e6,
        readers.get(1).longest.get() / 1e6);
  }

  @Override
  public void close() {
    isOver = true;
    readers.forEach(it -> it.thread.interrupt());
  }
}
