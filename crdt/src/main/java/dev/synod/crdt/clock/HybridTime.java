package dev.synod.crdt.clock;

/**
 * A moment: physical time where that tells events apart, ticks where it does not (Kulkarni et al.:
 * "Logical Physical Clocks and Consistent Snapshots in Globally Distributed Databases", 2014).
 *
 * @param millis of physical time, from 0 to {@link #MILLIS_MAX}
 * @param ticks within it, from 0 to {@link #TICKS_MAX}
 */
public record HybridTime(long millis, int ticks) implements Comparable<HybridTime> {

  public static final HybridTime ZERO = new HybridTime(0, 0);

  /** The last millisecond that has room beside 16 bits of ticks; in the year 6429. */
  public static final long MILLIS_MAX = (1L << 47) - 1;

  public static final int TICKS_MAX = (1 << Short.SIZE) - 1;

  /** Reads what {@link #packed} made. */
  public static HybridTime unpack(long packed) {
    return new HybridTime(packed >>> Short.SIZE, (int) (packed & TICKS_MAX));
  }

  public HybridTime {
    if (millis < 0 || millis > MILLIS_MAX || ticks < 0 || ticks > TICKS_MAX) {
      throw new IllegalArgumentException(
          "no hybrid time: %d ms, %d ticks".formatted(millis, ticks));
    }
  }

  /** Both in one number, in the same order: 48 bits of milliseconds above 16 bits of ticks. */
  public long packed() {
    return millis << Short.SIZE | ticks;
  }

  /** The next moment; the next millisecond's first one when there are no ticks left. */
  public HybridTime next() {
    return ticks < TICKS_MAX
        ? new HybridTime(millis, ticks + 1)
        : new HybridTime(Math.addExact(millis, 1), 0);
  }

  @Override
  public int compareTo(HybridTime other) {
    int byMillis = Long.compare(millis, other.millis);
    return byMillis != 0 ? byMillis : Integer.compare(ticks, other.ticks);
  }
}
