package dev.synod.log;

import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.format.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each entry of a group is, how long it is and what term it has: 12 bytes an entry and 16 a
 * change of term. Primitive arrays in chunks, since there may be millions.
 *
 * <p>While recovery replays the segments, an entry may be missing which a later record brings back
 * (it was relocated); {@link #firstHole} tells at the end whether one still is. Only chunks with an
 * entry exist, so that a record which names an entry far away takes no more memory than another.
 */
final class EntryIndex {

  private static final int CHUNK_ENTRIES = 256;
  private static final int CHUNK_ENTRIES_MIN = 16;

  private final TermRuns terms = new TermRuns();
  private final List<Chunk> chunks = new ArrayList<>();
  private long baseIndex;
  private long baseTerm;
  private long lastIndex;

  /** Told of every record that is no longer needed. */
  @FunctionalInterface
  interface Released {
    void release(long location, int length);
  }

  private static final class Chunk {
    private final long number;
    private long[] locations = new long[CHUNK_ENTRIES_MIN];
    private int[] lengths = new int[CHUNK_ENTRIES_MIN];

    Chunk(long number) {
      this.number = number;
    }

    void set(int slot, long location, int length) {
      if (slot >= locations.length) {
        int size = Math.min(CHUNK_ENTRIES, Math.max(slot + 1, 2 * locations.length));
        locations = Arrays.copyOf(locations, size);
        lengths = Arrays.copyOf(lengths, size);
      }
      locations[slot] = location;
      lengths[slot] = length;
    }

    long location(int slot) {
      return slot < locations.length ? locations[slot] : Location.NOWHERE;
    }
  }

  long baseIndex() {
    return baseIndex;
  }

  long baseTerm() {
    return baseTerm;
  }

  long lastIndex() {
    return lastIndex;
  }

  long lastTerm() {
    return termAt(lastIndex);
  }

  LogPosition base() {
    return new LogPosition(baseIndex, new Term(baseTerm));
  }

  LogPosition last() {
    return new LogPosition(lastIndex, new Term(lastTerm()));
  }

  boolean holds(long index) {
    return index > baseIndex && index <= lastIndex;
  }

  long termAt(long index) {
    return index == baseIndex ? baseTerm : terms.termAt(index);
  }

  long firstIndexOfTermAt(long index) {
    return index == baseIndex ? index : Math.max(baseIndex + 1, terms.startAt(index));
  }

  long locationAt(long index) {
    int place = find(chunkOf(index));
    return place < 0 ? Location.NOWHERE : chunks.get(place).location(slotOf(index));
  }

  int lengthAt(long index) {
    return chunks.get(find(chunkOf(index))).lengths[slotOf(index)];
  }

  /** Adds the entry after the last one. */
  void append(long index, long term, long location, int length) {
    Invariants.check(index == lastIndex + 1, "entries are consecutive: not %s", index);
    terms.append(index, term);
    set(index, location, length);
    lastIndex = index;
  }

  /** Puts an entry where it belongs, whatever is known around it; only recovery does so. */
  void fill(long index, long term, long location, int length) {
    terms.fill(index, term);
    set(index, location, length);
    lastIndex = Math.max(lastIndex, index);
  }

  void relocate(long index, long location) {
    set(index, location, lengthAt(index));
  }

  /** Removes the entries from {@code from} on. */
  void truncateFrom(long from, Released released) {
    release(Math.max(from, baseIndex + 1), lastIndex, released);
    terms.truncateFrom(from);
    lastIndex = Math.max(baseIndex, from - 1);
    chunks.subList(placeOf(chunkOf(lastIndex) + 1), chunks.size()).clear();
  }

  /** Removes the entries up to {@code index}, which becomes the base. */
  void compactTo(long index, long term, Released released) {
    release(baseIndex + 1, Math.min(index, lastIndex), released);
    terms.compactTo(index);
    chunks.subList(0, placeOf(chunkOf(index + 1))).clear();
    baseIndex = index;
    baseTerm = term;
    lastIndex = Math.max(lastIndex, index);
    if (lastIndex == index) {
      clear();
    }
  }

  /** Removes all entries; the log goes on after that position. */
  void resetTo(long index, long term, Released released) {
    truncateFrom(baseIndex + 1, released);
    clear();
    baseIndex = index;
    baseTerm = term;
    lastIndex = index;
  }

  /** The first missing entry, or 0. */
  long firstHole() {
    for (long index = baseIndex + 1; index <= lastIndex; index++) {
      if (locationAt(index) == Location.NOWHERE) {
        return index;
      }
    }
    return 0;
  }

  /** Bytes of memory that the index takes, without the objects' own headers. */
  long bytes() {
    long bytes = terms.bytes();
    for (Chunk chunk : chunks) {
      bytes += 12L * chunk.locations.length + 64;
    }
    return bytes;
  }

  private void clear() {
    terms.clear();
    chunks.clear();
  }

  /** Only what is there: a damaged record may name an end beyond all that is. */
  private void release(long from, long to, Released released) {
    int end = placeOf(chunkOf(to) + 1);
    for (int place = placeOf(chunkOf(from)); place < end; place++) {
      long first = chunks.get(place).number * CHUNK_ENTRIES;
      long last = Math.min(to, first + CHUNK_ENTRIES - 1);
      for (long index = Math.max(from, first); index <= last; index++) {
        release(index, released);
      }
    }
  }

  private void release(long index, Released released) {
    long location = locationAt(index);
    if (location != Location.NOWHERE) {
      released.release(location, lengthAt(index));
      set(index, Location.NOWHERE, 0);
    }
  }

  private void set(long index, long location, int length) {
    long number = chunkOf(index);
    int place = find(number);
    if (place < 0) {
      place = -place - 1;
      chunks.add(place, new Chunk(number));
    }
    chunks.get(place).set(slotOf(index), location, length);
  }

  /** Where the chunk is, or the first one behind it. */
  private int placeOf(long number) {
    int place = find(number);
    return place < 0 ? -place - 1 : place;
  }

  /** Where the chunk is; if it isn't there, -1 minus the place where it belongs. */
  private int find(long number) {
    int low = 0;
    int high = chunks.size() - 1;
    if (high >= 0) {
      // All chunks between the first and the last one are there, but while a log is recovered.
      long place = number - chunks.get(0).number;
      if (place >= 0 && place <= high && chunks.get((int) place).number == number) {
        return (int) place;
      }
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = chunks.get(middle).number;
      if (found == number) {
        return middle;
      } else if (found < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private static long chunkOf(long index) {
    return index / CHUNK_ENTRIES;
  }

  private static int slotOf(long index) {
    return (int) (index % CHUNK_ENTRIES);
  }
}
