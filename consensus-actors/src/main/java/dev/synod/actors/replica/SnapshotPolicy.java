package dev.synod.actors.replica;

import dev.synod.core.LogPosition;
import dev.synod.log.GroupLog;
import dev.synod.log.LogView;

/**
 * When a replica takes a snapshot, and what of its log it may forget then (Raft §7). One at a time.
 */
public final class SnapshotPolicy {

  private long afterEntries;
  private long afterBytes;
  private long tailEntries;

  private long lastIndex;
  private long lastBytes;
  private boolean underWay;

  /**
   * @param afterEntries applied entries after which one is due
   * @param afterBytes applied payload bytes after which one is due
   * @param tailEntries entries that stay in the log behind it, as long as they take no more bytes
   *     than would make the next one due
   */
  public SnapshotPolicy(long afterEntries, long afterBytes, long tailEntries) {
    this.afterEntries = afterEntries;
    this.afterBytes = afterBytes;
    this.tailEntries = tailEntries;
  }

  /** Others from now on; the parameters are those of the constructor. */
  public void thresholds(long entries, long bytes, long tail) {
    afterEntries = entries;
    afterBytes = bytes;
    tailEntries = tail;
  }

  /** The place of the newest snapshot. */
  public long lastIndex() {
    return lastIndex;
  }

  /** Whether one should be taken now; if so, it counts as under way. */
  public boolean isDue(long appliedIndex, long bytesFed) {
    boolean enough = appliedIndex - lastIndex >= afterEntries || bytesFed - lastBytes >= afterBytes;
    if (underWay || !enough || appliedIndex <= lastIndex) {
      return false;
    }
    underWay = true;
    lastBytes = bytesFed;
    return true;
  }

  /** A snapshot of that place is durable here, taken or received. */
  public void taken(LogPosition position) {
    underWay = false;
    lastIndex = Math.max(lastIndex, position.index());
  }

  /**
   * A snapshot of that place is durable here, taken or received: forgets the log behind it, but for
   * the tail.
   */
  public void taken(LogPosition position, GroupLog log) {
    taken(position);
    long upTo = Math.min(position.index() - tailWithin(position.index(), log), log.last().index());
    if (upTo > log.base().index()) {
      log.compactTo(new LogPosition(upTo, log.termAt(upTo)));
    }
  }

  /** The most entries up to that one which may stay. */
  private long tailWithin(long index, LogView log) {
    long first = Math.max(log.base().index() + 1, index - tailEntries + 1);
    long beyond = index + 1;
    if (index > log.last().index()) {
      return tailEntries;
    }
    while (first < beyond) {
      long middle = (first + beyond) >>> 1;
      if (log.lastIndexWithin(middle, Integer.MAX_VALUE, afterBytes) >= index) {
        beyond = middle;
      } else {
        first = middle + 1;
      }
    }
    return index + 1 - beyond;
  }

  /** The next one is tried after as much again. */
  public void failed(long appliedIndex) {
    underWay = false;
    lastIndex = appliedIndex;
  }
}
