package dev.synod.log;

import dev.synod.log.disk.Disk;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a node's log is given from outside.
 *
 * @param writer runs the writes, one at a time: a thread of its own in production ({@link
 *     WriterThread})
 * @param reader runs reads of entries, and makes and deletes segment files
 * @param random where a new store's identity comes from
 * @param ticker time in nanoseconds, for measuring only
 */
public record LogPorts(
    Disk disk,
    Executor writer,
    Executor reader,
    RandomGenerator random,
    LogObserver observer,
    LongSupplier ticker) {

  /** Ports without metrics. */
  public static LogPorts of(Disk disk, Executor writer, Executor reader, RandomGenerator random) {
    return new LogPorts(disk, writer, reader, random, LogObserver.NONE, () -> 0);
  }
}
