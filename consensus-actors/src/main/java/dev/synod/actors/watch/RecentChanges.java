package dev.synod.actors.watch;

import dev.synod.actors.message.WatchMessage.Changed;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes, in order, so many as a bound on their number and on their bytes allows: all
 * that were made in {@code (from, upTo]}.
 */
final class RecentChanges {

  private final @Nullable Changed[] ring;
  private final long bytesMax;
  private long head;
  private long tail;
  private long bytes;
  private long from;
  private long upTo;

  RecentChanges(int countMax, long bytesMax) {
    this.ring = new Changed[countMax];
    this.bytesMax = bytesMax;
  }

  /** Knows nothing up to that index, and nothing behind it yet. */
  void restart(long index) {
    Arrays.fill(ring, null);
    head = tail;
    bytes = 0;
    from = index;
    upTo = index;
  }

  long from() {
    return from;
  }

  long upTo() {
    return upTo;
  }

  /** How many were ever added. */
  long total() {
    return tail;
  }

  /** Adds all that was changed in {@code (upTo(), newUpTo]}; forgets the oldest. */
  void add(List<Changed> changes, long newUpTo) {
    for (Changed change : changes) {
      if (tail - head == ring.length) {
        forgetOldest();
      }
      ring[slot(tail++)] = change;
      bytes += change.payload().length();
      while (bytes > bytesMax) {
        forgetOldest();
      }
    }
    upTo = newUpTo;
  }

  /** All that were made behind that index, which is not before {@link #from}. */
  List<Changed> after(long index) {
    long low = head;
    long high = tail;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).index() <= index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new View(low, (int) (tail - low));
  }

  private Changed at(long number) {
    return Objects.requireNonNull(ring[slot(number)]);
  }

  private int slot(long number) {
    return (int) (number % ring.length);
  }

  private void forgetOldest() {
    var oldest = at(head);
    bytes -= oldest.payload().length();
    from = oldest.index();
    ring[slot(head++)] = null;
  }

  /** Valid until the next change is added. */
  private final class View extends AbstractList<Changed> {
    private final long first;
    private final int size;

    View(long first, int size) {
      this.first = first;
      this.size = size;
    }

    @Override
    public Changed get(int index) {
      return at(first + Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
      return size;
    }
  }
}
