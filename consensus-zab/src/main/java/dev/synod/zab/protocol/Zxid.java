package dev.synod.zab.protocol;

import dev.synod.core.Invariants;
import java.util.Comparator;

/**
 * A transaction's id (Zab §V-A): the epoch of the primary that proposed it, and how many it had
 * proposed then. Both are unsigned numbers of 32 bits, kept in wider ones.
 *
 * @param epoch 0 before the first primary
 * @param counter from 1 in each epoch; 0 is the place before its first transaction
 */
public record Zxid(long epoch, long counter) implements Comparable<Zxid> {

  /** The highest epoch, and the highest counter: a primary that comes so far gives up its epoch. */
  public static final long MAX = 0xFFFF_FFFFL;

  /** Before the first transaction. */
  public static final Zxid ZERO = new Zxid(0, 0);

  private static final int COUNTER_BITS = 32;
  private static final Comparator<Zxid> ORDER =
      Comparator.comparingLong(Zxid::epoch).thenComparingLong(Zxid::counter);

  public Zxid {
    Invariants.check(epoch >= 0 && epoch <= MAX, "an epoch has 32 bits: %s", epoch);
    Invariants.check(counter >= 0 && counter <= MAX, "a counter has 32 bits: %s", counter);
  }

  /** Both in one number: the upper half is the epoch. As unsigned numbers they order alike. */
  public long packed() {
    return epoch << COUNTER_BITS | counter;
  }

  /** The inverse of {@link #packed}. */
  public static Zxid unpacked(long packed) {
    return new Zxid(packed >>> COUNTER_BITS, packed & MAX);
  }

  @Override
  public int compareTo(Zxid other) {
    return ORDER.compare(this, other);
  }

  /** As ZooKeeper writes it: {@code 0x500000003} is the third one of epoch 5. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(packed());
  }
}
