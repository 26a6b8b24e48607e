package dev.synod.testkit.engine;

/**
 * The whole sequence of events as one number: two runs with equal traces did the same things in the
 * same order at the same virtual times.
 */
public final class Trace {

  private static final long PRIME = 0x9e3779b97f4a7c15L;

  private long hash = PRIME;
  private long events;

  /**
   * Something happened; {@code what} must not depend on addresses, identity hashes or the wall
   * clock.
   */
  public void event(long what, long at) {
    hash = (Long.rotateLeft(hash, 23) ^ what) * PRIME + at;
    events++;
  }

  public long hash() {
    return Draw.mix(hash);
  }

  public long events() {
    return events;
  }
}
