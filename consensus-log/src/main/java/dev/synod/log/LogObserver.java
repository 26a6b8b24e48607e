package dev.synod.log;

/**
 * Told what the log does, for metrics. Called on the log's threads: must be quick and must not
 * block.
 */
public interface LogObserver {

  /** Observes nothing. */
  LogObserver NONE = new LogObserver() {};

  /**
   * A batch is durable.
   *
   * @param forceNanos how long write and force took, by the given ticker
   */
  default void batchDurable(int records, int bytes, long forceNanos) {}

  /** A segment's file is ready for use. */
  default void segmentPrepared(int number) {}

  /** No group needs the segment any more; its file is deleted. */
  default void segmentDeleted(int number) {}

  /** Live records were moved out of the oldest segment. */
  default void relocated(long bytes) {}

  /** The log accepts nothing any more. */
  default void failed(LogFailure failure) {}

  /**
   * Old segments can't be read or deleted; the log goes on, but gives no space back until it is
   * restarted.
   */
  default void reclaimFailed(LogFailure failure) {}
}
