package dev.synod.log;

import dev.synod.core.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One group's recent entries: consecutive, up to its last one. Guarded by the {@link Tail}'s
 * monitor.
 */
final class GroupRecent {

  /** What an entry takes in memory besides its payload, in bytes, about. */
  private static final long OVERHEAD_BYTES = 88;

  private final RecentEntries all;
  private @Nullable Entry[] ring = new Entry[4];
  private long from = 1;
  private int count;

  GroupRecent(RecentEntries all) {
    this.all = all;
  }

  void append(Entry entry) {
    if (count == 0) {
      from = entry.index();
    }
    if (count == ring.length) {
      grow();
    }
    ring[slot(entry.index())] = entry;
    count++;
    all.added(cost(entry));
  }

  void dropFrom(long index) {
    while (count > 0 && from + count - 1 >= index) {
      drop(from + count - 1);
    }
  }

  void dropUpTo(long index) {
    while (count > 0 && from <= index) {
      drop(from);
      from++;
    }
    if (count == 0) {
      ring = new Entry[4];
    }
  }

  Optional<List<Entry>> get(long first, long last) {
    if (first < from || last >= from + count || last < first) {
      return Optional.empty();
    }
    List<Entry> found = new ArrayList<>((int) (last - first + 1));
    for (long index = first; index <= last; index++) {
      Entry entry = ring[slot(index)];
      if (entry == null) {
        return Optional.empty();
      }
      found.add(entry);
    }
    return Optional.of(found);
  }

  private void drop(long index) {
    Entry entry = ring[slot(index)];
    if (entry != null) {
      all.removed(cost(entry));
    }
    ring[slot(index)] = null;
    count--;
  }

  private void grow() {
    @Nullable Entry[] larger = new Entry[2 * ring.length];
    for (long index = from; index < from + count; index++) {
      larger[slot(index, larger.length)] = ring[slot(index)];
    }
    ring = larger;
  }

  private int slot(long index) {
    return slot(index, ring.length);
  }

  private static int slot(long index, int length) {
    return (int) (index % length);
  }

  private static long cost(Entry entry) {
    return OVERHEAD_BYTES + entry.payload().length();
  }
}
