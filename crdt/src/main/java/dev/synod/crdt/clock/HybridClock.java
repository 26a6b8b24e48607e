package dev.synod.crdt.clock;

/**
 * A hybrid logical clock: it follows physical time closely, never goes back, and what caused
 * something has a lower time than that (Kulkarni et al. 2014, figure 5). Immutable, and handed the
 * physical time.
 *
 * @param last the time of the last event
 * @param aheadMax by how many milliseconds another clock may be ahead of this one's physical time;
 *     without a bound, one node with a wrong clock would carry all others into the future
 */
public record HybridClock(HybridTime last, long aheadMax) {

  public HybridClock {
    if (aheadMax < 0) {
      throw new IllegalArgumentException("another clock is at least 0 ms ahead, not " + aheadMax);
    }
  }

  /** A clock that has seen nothing yet. */
  public static HybridClock of(long aheadMax) {
    return new HybridClock(HybridTime.ZERO, aheadMax);
  }

  /**
   * Something happens here, a send included: {@link #last} is its time.
   *
   * @param physicalMillis what the machine's clock says; may have gone back
   */
  public HybridClock tick(long physicalMillis) {
    return at(physicalMillis > last.millis() ? new HybridTime(physicalMillis, 0) : last.next());
  }

  /** Whether a time from elsewhere is too far in the future to be taken. */
  public boolean isTooFarAhead(HybridTime received, long physicalMillis) {
    return received.millis() - physicalMillis > aheadMax;
  }

  /**
   * A message with that time arrives: {@link #last} is the time of its arrival.
   *
   * @throws IllegalArgumentException if it {@link #isTooFarAhead}
   */
  public HybridClock receive(HybridTime received, long physicalMillis) {
    if (isTooFarAhead(received, physicalMillis)) {
      throw new IllegalArgumentException(
          "%s is more than %d ms ahead of %d ms".formatted(received, aheadMax, physicalMillis));
    }
    var higher = last.compareTo(received) >= 0 ? last : received;
    return at(physicalMillis > higher.millis() ? new HybridTime(physicalMillis, 0) : higher.next());
  }

  private HybridClock at(HybridTime time) {
    return new HybridClock(time, aheadMax);
  }
}
