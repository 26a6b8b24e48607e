package dev.synod.log;

import java.util.Arrays;

/**
 * The terms of a log's entries, one pair of numbers for each run of entries of the same term. Terms
 * never go down along a log, so a run lasts until the next one begins.
 */
final class TermRuns {

  private long[] starts = new long[4];
  private long[] terms = new long[4];
  private int count;

  /** The term of an entry that was added: that of the last run which begins at or before it. */
  long termAt(long index) {
    int run = runOf(index);
    return run < 0 ? 0 : terms[run];
  }

  /** Where the run of that entry begins; may lie below the first entry kept. */
  long startAt(long index) {
    return starts[runOf(index)];
  }

  /** Adds an entry behind all others. */
  void append(long index, long term) {
    if (count == 0 || terms[count - 1] != term) {
      insert(count, index, term);
    }
  }

  /** Adds an entry anywhere, as recovery finds them; terms stay in order. */
  void fill(long index, long term) {
    int run = lastRunUpTo(index);
    if (run >= 0 && terms[run] == term) {
      return;
    }
    if (run + 1 < count && terms[run + 1] == term) {
      starts[run + 1] = index;
    } else {
      insert(run + 1, index, term);
    }
  }

  /** Forgets the entries from {@code index} on. */
  void truncateFrom(long index) {
    while (count > 0 && starts[count - 1] >= index) {
      count--;
    }
  }

  /** Forgets the entries up to {@code index}. */
  void compactTo(long index) {
    int run = lastRunUpTo(index + 1);
    if (run > 0) {
      System.arraycopy(starts, run, starts, 0, count - run);
      System.arraycopy(terms, run, terms, 0, count - run);
      count -= run;
    }
  }

  void clear() {
    count = 0;
  }

  long bytes() {
    return 16L * starts.length;
  }

  private void insert(int at, long index, long term) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      terms = Arrays.copyOf(terms, 2 * count);
    }
    System.arraycopy(starts, at, starts, at + 1, count - at);
    System.arraycopy(terms, at, terms, at + 1, count - at);
    starts[at] = index;
    terms[at] = term;
    count++;
  }

  private int runOf(long index) {
    if (count > 0 && starts[count - 1] <= index) {
      return count - 1;
    }
    return lastRunUpTo(index);
  }

  private int lastRunUpTo(long index) {
    int found = Arrays.binarySearch(starts, 0, count, index);
    return found >= 0 ? found : -found - 2;
  }
}
