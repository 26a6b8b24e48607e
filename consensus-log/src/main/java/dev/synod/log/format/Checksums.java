package dev.synod.log.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C over a part of a buffer, without an allocation and without moving the buffer. */
public final class Checksums {

  private Checksums() {}

  /** The checksum of {@code length} bytes from {@code at} on. */
  public static int of(ByteBuffer buffer, int at, int length, CRC32C crc) {
    crc.reset();
    add(buffer, at, length, crc);
    return (int) crc.getValue();
  }

  static void add(ByteBuffer buffer, int at, int length, CRC32C crc) {
    int position = buffer.position();
    int limit = buffer.limit();
    buffer.limit(at + length).position(at);
    crc.update(buffer);
    buffer.limit(limit).position(position);
  }
}
