package dev.synod.log.format;

import dev.synod.core.StoreId;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a segment, durable before the file gets its final name: a bad
 * one is damage, never a torn write.
 *
 * @param number rises with every segment of the store
 */
public record SegmentHeader(StoreId store, int number) {

  public static final int BYTES = 64;

  /** The version of all that the log keeps on disk. */
  public static final int FORMAT_VERSION = 1;

  private static final long MAGIC = 0x53594E4F444C4F47L; // "SYNODLOG"
  private static final int VERSION_AT = 8;
  private static final int NUMBER_AT = 12;
  private static final int STORE_AT = 16;
  private static final int CRC_AT = 60;

  /**
   * What record checksums are mixed with, so that no record is valid in another segment or another
   * store.
   */
  public int salt() {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    putStore(bytes, 0);
    bytes.putInt(16, number);
    return Checksums.of(bytes, 0, 20, new CRC32C());
  }

  public ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(0, MAGIC).putInt(VERSION_AT, FORMAT_VERSION).putInt(NUMBER_AT, number);
    putStore(bytes, STORE_AT);
    return bytes.putInt(CRC_AT, Checksums.of(bytes, 0, CRC_AT, new CRC32C()));
  }

  /** Reads a header, or throws with a message that names the file. */
  public static SegmentHeader decode(ByteBuffer bytes, String file) {
    if (bytes.remaining() < BYTES || bytes.getLong(0) != MAGIC) {
      throw corrupt(file + ": not a segment of a log: it doesn't begin with SYNODLOG");
    }
    if (bytes.getInt(CRC_AT) != Checksums.of(bytes, 0, CRC_AT, new CRC32C())) {
      throw corrupt(file + ": the segment's header (offset 0) is damaged");
    }
    if (bytes.getInt(VERSION_AT) != FORMAT_VERSION) {
      throw new LogException(
          LogFailure.Kind.UNKNOWN_FORMAT,
          file
              + ": format version "
              + bytes.getInt(VERSION_AT)
              + ", but this program reads version "
              + FORMAT_VERSION
              + ": use the program that wrote it, or a newer one");
    }
    var store = new StoreId(new UUID(bytes.getLong(STORE_AT), bytes.getLong(STORE_AT + 8)));
    return new SegmentHeader(store, bytes.getInt(NUMBER_AT));
  }

  private void putStore(ByteBuffer bytes, int at) {
    bytes
        .putLong(at, store.uuid().getMostSignificantBits())
        .putLong(at + 8, store.uuid().getLeastSignificantBits());
  }

  private static LogException corrupt(String message) {
    return new LogException(
        LogFailure.Kind.CORRUPT, message + "; restore the file from a copy, or replace this node");
  }
}
