package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;
import java.util.Optional;

/**
 * What one replica has counted, and how much of it others have removed since. A removal takes what
 * its replica had seen: what is counted meanwhile stays. Only the replica whose tally it is counts
 * in it, so that each number only grows.
 *
 * @param up all that was added
 * @param down all that was subtracted
 * @param upGone what of {@code up} was removed
 * @param downGone what of {@code down} was removed
 */
public record Tally(long up, long down, long upGone, long downGone) implements DotValue<Tally> {

  /** The most that a tally counts. */
  public static final long MAX = Dot.COUNTER_MAX;

  public Tally {
    if (upGone < 0 || upGone > up || up > MAX || downGone < 0 || downGone > down || down > MAX) {
      throw new IllegalArgumentException(
          "no tally: %d up of which %d are gone, %d down of which %d"
              .formatted(up, upGone, down, downGone));
    }
  }

  public static Tally of(long amount) {
    return new Tally(0, 0, 0, 0).plus(amount);
  }

  /**
   * With so much more, or less if negative.
   *
   * @throws IllegalArgumentException if the tally is full
   */
  public Tally plus(long amount) {
    if (amount < -MAX || amount > MAX) {
      throw new IllegalArgumentException("a tally counts up to %d, not %d".formatted(MAX, amount));
    }
    return amount >= 0
        ? new Tally(up + amount, down, upGone, downGone)
        : new Tally(up, down - amount, upGone, downGone);
  }

  public long value() {
    return up - upGone - (down - downGone);
  }

  @Override
  public boolean isVacant() {
    return up == upGone && down == downGone;
  }

  @Override
  public Optional<Tally> vacated() {
    return Optional.of(new Tally(up, down, up, down));
  }

  @Override
  public Tally merge(Tally other) {
    long upMost = Math.max(up, other.up);
    long downMost = Math.max(down, other.down);
    long upGoneMost = Math.max(upGone, other.upGone);
    long downGoneMost = Math.max(downGone, other.downGone);
    return new Tally(upMost, downMost, upGoneMost, downGoneMost);
  }
}
