package dev.synod.paxos.actor;

import dev.synod.core.Bytes;
import java.nio.ByteBuffer;

/**
 * How a proposer keeps up to which round all count as used. Part of the disk format: version 1 is
 * {@code version u8 | round i64}.
 */
final class RoundsFormat {

  private static final byte VERSION = 1;

  private RoundsFormat() {}

  static Bytes encode(long reserved) {
    return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES).put(VERSION).putLong(reserved).array());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it did not write that
   */
  static long decode(Bytes saved) {
    if (saved.length() != 1 + Long.BYTES || saved.at(0) != VERSION) {
      throw new IllegalArgumentException(
          "a proposer's rounds in %s: written by a newer version?".formatted(saved));
    }
    long reserved = saved.from(1).asBuffer().getLong();
    if (reserved < 0) {
      throw new IllegalArgumentException("a proposer's rounds up to " + reserved);
    }
    return reserved;
  }
}
