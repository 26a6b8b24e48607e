package dev.synod.actors.replica;

import dev.synod.core.Bytes;
import dev.synod.core.Invariants;
import java.nio.ByteBuffer;

/**
 * Which applied entries were changes, at one bit each, back to a bounded number of entries. The log
 * does not tell: a command in it may repeat an earlier one, or have been refused. Part of what the
 * replicas hold alike: snapshots keep the newest {@value #KEPT} bits.
 */
final class ChangeBits {

  /** Entries of which a snapshot tells; all replicas must agree, so it is no setting. */
  static final int KEPT = 16_384;

  private final int wordsMax;
  private long[] words = new long[1];
  private long floor;
  private long last;

  /**
   * Knows nothing yet.
   *
   * @param entriesMax remembered, rounded up; not below {@link #KEPT}
   */
  ChangeBits(int entriesMax) {
    this.wordsMax = 2 * Integer.highestOneBit(Math.max(KEPT, entriesMax) / Long.SIZE);
  }

  /** Nothing is known of entries up to there. */
  long floor() {
    return floor;
  }

  /** Those of the newest entries, as a snapshot keeps them; the same on every replica. */
  Bytes newest() {
    long first = firstKept(last);
    var buffer = ByteBuffer.allocate(Long.BYTES * wordsKept(last));
    for (long word = word(first); buffer.hasRemaining(); word++) {
      long bits = words[(int) (word % words.length)];
      buffer.putLong(word == word(first) ? bits & -1L << (first % Long.SIZE) : bits);
    }
    return Bytes.wrap(buffer.array());
  }

  /** As {@link #newest}, of entries that are not there: a restored group skips their indexes. */
  static Bytes none(long last) {
    return Bytes.wrap(new byte[Long.BYTES * wordsKept(last)]);
  }

  /**
   * Goes on from a snapshot.
   *
   * @param index of the last entry in it
   * @param newest as {@link #newest} made it there
   */
  void restore(long index, Bytes newest) {
    int count = requireKept(index, newest);
    long first = firstKept(index);
    words = new long[Math.min(wordsMax, Integer.highestOneBit(count) * 2)];
    var buffer = newest.asBuffer();
    for (long word = word(first); buffer.hasRemaining(); word++) {
      words[(int) (word % words.length)] = buffer.getLong();
    }
    floor = first - 1;
    last = index;
  }

  /**
   * How many words these are.
   *
   * @throws IllegalArgumentException if they can't be what a snapshot at that index keeps
   */
  static int requireKept(long index, Bytes newest) {
    int count = wordsKept(index);
    if (newest.length() != Long.BYTES * count) {
      throw new IllegalArgumentException(
          "%d bytes say which entries up to %d were changes, not %d"
              .formatted(newest.length(), index, Long.BYTES * count));
    }
    return count;
  }

  private static long firstKept(long last) {
    return Math.max(1, last - KEPT + 1);
  }

  private static int wordsKept(long last) {
    return (int) (word(last) - word(firstKept(last)) + 1);
  }

  /** Notes the next entry. */
  void add(long index, boolean isChange) {
    Invariants.check(index == last + 1, "entry %s follows %s", index, last);
    if (word(index) > word(last)) {
      makeRoom(index);
    }
    last = index;
    if (isChange) {
      words[slot(index)] |= bit(index);
    }
  }

  /**
   * Whether that entry was a change.
   *
   * @param index above {@link #floor}, and noted
   */
  boolean isChange(long index) {
    return (words[slot(index)] & bit(index)) != 0;
  }

  private void makeRoom(long index) {
    long oldest = word(floor + 1);
    if (word(index) - oldest >= words.length && words.length < wordsMax) {
      grow(oldest);
    }
    if (word(index) - oldest >= words.length) {
      floor = (oldest + 1) * Long.SIZE - 1;
    }
    words[slot(index)] = 0;
  }

  private void grow(long oldest) {
    var larger = new long[Math.min(wordsMax, words.length * 2)];
    for (long word = oldest; word <= word(last); word++) {
      larger[(int) (word % larger.length)] = words[(int) (word % words.length)];
    }
    words = larger;
  }

  private int slot(long index) {
    return (int) (word(index) % words.length);
  }

  private static long word(long index) {
    return index / Long.SIZE;
  }

  private static long bit(long index) {
    return 1L << (index % Long.SIZE);
  }
}
