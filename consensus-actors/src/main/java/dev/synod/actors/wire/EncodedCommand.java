package dev.synod.actors.wire;

import dev.synod.core.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The payload of a log entry of kind {@code COMMAND}: who sent which request, and the command's own
 * bytes as the Pekko serializer made them. Kept in logs for years, so the layout is fixed by hand
 * and carries a version.
 *
 * <pre>
 *   byte    format            1
 *   varint  session           log index of the client's registration, from 1
 *   varint  request           numbered by the client from 1
 *   varint  ackedBelow        the client has all replies below this number; from 1, at most request
 *   varint  serializer id     of the Pekko serializer, zig-zag coded
 *   varint  manifest length   in bytes, at most {@value #MANIFEST_BYTES_MAX}
 *   bytes   manifest          UTF-8
 *   bytes   body              all the rest
 * </pre>
 *
 * A varint holds seven bits a byte, lowest first; the top bit says that more follow (LEB128).
 */
public record EncodedCommand(
    long session, long request, long ackedBelow, int serializerId, String manifest, Bytes body) {

  /** Longest manifest in bytes; class names stay far below. */
  public static final int MANIFEST_BYTES_MAX = 1024;

  /** The most that stands around a body, in bytes: what an envelope takes away from a frame. */
  public static final int HEADER_BYTES_MAX = 1 + 3 * 9 + 5 + 2 + MANIFEST_BYTES_MAX;

  private static final byte FORMAT = 1;

  public EncodedCommand {
    if (session < 1 || request < 1 || ackedBelow < 1 || ackedBelow > request) {
      throw new IllegalArgumentException(
          "a command has a session and a request from 1, and acknowledges at most up to itself, but"
              + " got session %d, request %d, acked below %d"
                  .formatted(session, request, ackedBelow));
    }
    if (manifest.length() > MANIFEST_BYTES_MAX) {
      throw new IllegalArgumentException(tooLong(manifest.length()));
    }
  }

  /** The bytes as they stand in the log. */
  public Bytes encode() {
    byte[] utf8 = manifest.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MANIFEST_BYTES_MAX) {
      throw new IllegalArgumentException(tooLong(utf8.length));
    }
    int header =
        1
            + varintLength(session)
            + varintLength(request)
            + varintLength(ackedBelow)
            + varintLength(zigZag(serializerId))
            + varintLength(utf8.length);
    var buffer = ByteBuffer.allocate(header + utf8.length + body.length());
    buffer.put(FORMAT);
    putVarint(buffer, session);
    putVarint(buffer, request);
    putVarint(buffer, ackedBelow);
    putVarint(buffer, zigZag(serializerId));
    putVarint(buffer, utf8.length);
    buffer.put(utf8);
    body.writeTo(buffer);
    return Bytes.wrap(buffer.array());
  }

  /**
   * The inverse of {@link #encode}; an {@link IllegalArgumentException} says what is wrong with the
   * bytes.
   */
  public static EncodedCommand decode(Bytes payload) {
    var buffer = payload.asBuffer();
    try {
      return decode(buffer, payload);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "a command ends too early, after " + payload.length() + " bytes", e);
    }
  }

  /** By which a request is known, in its first bytes. */
  public record Numbers(long session, long request) {}

  /** Only who sent which request, without a look at the rest; empty if this is no command. */
  public static Optional<Numbers> numbersOf(Bytes payload) {
    var buffer = payload.asBuffer();
    try {
      return buffer.get() == FORMAT
          ? Optional.of(new Numbers(varint(buffer), varint(buffer)))
          : Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static EncodedCommand decode(ByteBuffer buffer, Bytes payload) {
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "command format " + format + " is not known here: written by a newer version?");
    }
    long session = varint(buffer);
    long request = varint(buffer);
    long ackedBelow = varint(buffer);
    int serializerId = unZigZag(varint(buffer));
    long manifestLength = varint(buffer);
    if (manifestLength > MANIFEST_BYTES_MAX || manifestLength > buffer.remaining()) {
      throw new IllegalArgumentException(
          "a manifest of %d bytes where %d are left and at most %d are allowed"
              .formatted(manifestLength, buffer.remaining(), MANIFEST_BYTES_MAX));
    }
    var manifest = Bytes.copyFrom(buffer, (int) manifestLength).asUtf8();
    var body = payload.from(buffer.position());
    return new EncodedCommand(session, request, ackedBelow, serializerId, manifest, body);
  }

  private static String tooLong(int length) {
    return "a manifest has at most %d bytes, but this one has %d"
        .formatted(MANIFEST_BYTES_MAX, length);
  }

  private static long zigZag(int number) {
    return Integer.toUnsignedLong((number << 1) ^ (number >> 31));
  }

  private static int unZigZag(long coded) {
    if (coded > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("a serializer's id has 32 bits, but got " + coded);
    }
    int bits = (int) coded;
    return (bits >>> 1) ^ -(bits & 1);
  }

  private static int varintLength(long number) {
    int length = 1;
    for (long rest = number >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    return length;
  }

  private static void putVarint(ByteBuffer buffer, long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      buffer.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
  }

  /** Nine bytes hold all numbers that are not negative; a tenth is refused. */
  private static long varint(ByteBuffer buffer) {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = buffer.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number of more than 63 bits in a command");
  }
}
