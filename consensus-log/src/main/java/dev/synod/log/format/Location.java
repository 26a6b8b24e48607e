package dev.synod.log.format;

/**
 * Where a record sits, packed into a long that rises with every record written: the segment's
 * number above, the offset in it below. Primitive because there is one for every entry in memory.
 */
public final class Location {

  /** No place on disk. */
  public static final long NOWHERE = 0;

  private Location() {}

  public static long of(int segment, int offset) {
    return (long) segment << 32 | offset;
  }

  public static int segment(long location) {
    return (int) (location >>> 32);
  }

  public static int offset(long location) {
    return (int) location;
  }
}
