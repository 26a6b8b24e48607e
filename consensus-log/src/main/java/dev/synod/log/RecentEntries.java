package dev.synod.log;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Recently appended entries of all groups, so that what is sent to followers at once needs no read.
 * They go when they have been delivered; what is slow to be is bounded in bytes: the oldest
 * appended go first, whichever group they belong to. Guarded by the {@link Tail}'s monitor.
 */
final class RecentEntries {

  /** Runs may outlive their entries (truncated ones); this many more than entries are kept. */
  private static final int IDLE_RUNS_MAX = 1024;

  private final long bytesMax;
  private final Deque<Run> runs = new ArrayDeque<>();
  private long bytes;
  private int entries;

  private record Run(GroupRecent group, long to) {}

  RecentEntries(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  long bytes() {
    return bytes;
  }

  void added(long addedBytes) {
    bytes += addedBytes;
    entries++;
  }

  void removed(long removedBytes) {
    bytes -= removedBytes;
    entries--;
  }

  /** The group appended entries up to that index together; evicts what exceeds the bound. */
  void endRun(GroupRecent group, long to) {
    runs.add(new Run(group, to));
    while (bytes > bytesMax || runs.size() > entries + IDLE_RUNS_MAX) {
      Run oldest = runs.remove();
      oldest.group().dropUpTo(oldest.to());
    }
  }
}
