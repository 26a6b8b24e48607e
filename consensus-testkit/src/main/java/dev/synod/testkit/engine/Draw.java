package dev.synod.testkit.engine;

import java.util.random.RandomGenerator;

/**
 * Fast, seeded chance (SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014). The JDK's own generators may change between releases; a kept seed must not.
 */
public final class Draw implements RandomGenerator {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  public Draw(long seed) {
    this.state = seed;
  }

  /** A source of its own for that purpose: drawing from one never disturbs another. */
  public static Draw of(long seed, String purpose) {
    return new Draw(mix(seed ^ mix(purpose.hashCode() * GOLDEN)));
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Spreads every bit of a number over all others. */
  public static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
