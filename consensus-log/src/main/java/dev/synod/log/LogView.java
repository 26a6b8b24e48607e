package dev.synod.log;

import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import java.util.List;

/**
 * What rules may ask of a group's log: arithmetic on the index in memory, no I/O. Appended entries
 * are visible at once, before they are durable.
 */
public interface LogView {

  /**
   * The position just before the first entry kept: the last one covered by compaction, or {@link
   * LogPosition#ZERO}.
   */
  LogPosition base();

  /** The position of the last entry, or {@link #base()} when none is kept. */
  LogPosition last();

  /**
   * The term of the entry at that index.
   *
   * @param index from {@code base().index()} to {@code last().index()}, both included
   */
  Term termAt(long index);

  /**
   * The lowest kept index whose entry has the same term as the entry at {@code index} (for fast
   * back-tracking).
   */
  long firstIndexOfTermAt(long index);

  /**
   * The highest index such that the payloads of {@code [from, index]} take at most {@code bytesMax}
   * bytes and {@code entriesMax} entries; at least {@code from} itself, however large.
   */
  long lastIndexWithin(long from, int entriesMax, long bytesMax);

  /**
   * The kept entries that say who belongs to the group (Raft §6), in order. They are few, and kept
   * in memory.
   */
  List<Entry> configurations();
}
