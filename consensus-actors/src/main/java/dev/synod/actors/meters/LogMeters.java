package dev.synod.actors.meters;

/** What the node's log tells of each write to the disk. Called on the log's writer thread. */
public interface LogMeters {

  /** Measures nothing. */
  LogMeters NONE = new NoMeters.NoLogMeters();

  /**
   * One batch was written and forced: so many records of all groups, so many bytes, and the time of
   * the force alone.
   */
  void synced(int records, long bytes, long syncNanos);
}
