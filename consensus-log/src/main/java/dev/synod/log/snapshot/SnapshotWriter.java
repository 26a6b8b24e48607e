package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.log.LogException;

/**
 * A snapshot being written, chunk by chunk, beside the durable ones; nothing of it counts before
 * {@link #commit}. Used by one thread at a time, which may block on the disk. A received snapshot
 * goes on at {@link #size}.
 */
public interface SnapshotWriter extends AutoCloseable {

  /** Bytes of the body so far: where the next chunk goes. */
  long size();

  /** Adds the next chunk of the body. */
  void append(Bytes chunk);

  /**
   * Makes the snapshot durable and the newest; older ones beyond the number to keep are deleted
   * only then.
   *
   * @throws LogException if that fails; the older snapshots are as they were
   */
  Snapshot commit();

  /** Gives the unfinished snapshot up. */
  void abort();

  /** As {@link #abort}, unless it was committed. */
  @Override
  default void close() {
    abort();
  }
}
