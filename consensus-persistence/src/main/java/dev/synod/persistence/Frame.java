package dev.synod.persistence;

import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * What stands around everything that is stored: a data base is not trusted to give back what it was
 * given.
 *
 * <pre>
 *   byte    format   1
 *   byte    kind
 *   int     CRC32C   of kind and body
 *   bytes   body
 * </pre>
 */
record Frame(byte kind, ByteBuffer body) {

  /** Bytes before the body. */
  static final int HEADER_BYTES = 2 + Integer.BYTES;

  private static final byte FORMAT = 1;
  private static final int CRC_AT = 2;

  static byte[] of(byte kind, int bodyBytes, Consumer<ByteBuffer> writer) {
    var bytes = ByteBuffer.allocate(Math.addExact(HEADER_BYTES, bodyBytes));
    bytes.put(FORMAT).put(kind).putInt(0);
    writer.accept(bytes);
    bytes.putInt(CRC_AT, crc(bytes.array()));
    return bytes.array();
  }

  /** Throws a {@link LogException} that names the place, if these bytes are damaged or unknown. */
  static Frame read(byte[] bytes, String place) {
    if (bytes.length < HEADER_BYTES) {
      throw new LogException(
          LogFailure.Kind.CORRUPT, "%s: a record of %d bytes".formatted(place, bytes.length));
    }
    var buffer = ByteBuffer.wrap(bytes);
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new LogException(
          LogFailure.Kind.UNKNOWN_FORMAT,
          "%s: format %d is not known here: written by a newer version?".formatted(place, format));
    }
    byte kind = buffer.get();
    if (buffer.getInt() != crc(bytes)) {
      throw new LogException(LogFailure.Kind.CORRUPT, place + ": a record is damaged");
    }
    return new Frame(kind, buffer.slice());
  }

  private static int crc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes[1]);
    crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
