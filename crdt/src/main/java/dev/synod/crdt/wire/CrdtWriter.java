package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in the making. */
public final class CrdtWriter {

  private static final int FIRST_ROOM = 64;

  private byte[] bytes = new byte[FIRST_ROOM];
  private int size;

  private void room(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), size * 2));
    }
  }

  public void u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** A number that is not negative: seven bits a byte, the lowest first. */
  public void number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a number is not negative, but got " + value);
    }
    long rest = value;
    while (rest > 0x7F) {
      u8((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    u8((int) rest);
  }

  /** A number of either sign, in eight bytes, the highest first. */
  public void i64(long value) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      u8((int) (value >>> shift));
    }
  }

  /** A length, and so many bytes. */
  public void block(byte[] block) {
    number(block.length);
    raw(block);
  }

  /** A length, and so many bytes. */
  public void block(Bytes block) {
    number(block.length());
    room(block.length());
    block.writeTo(ByteBuffer.wrap(bytes, size, block.length()));
    size += block.length();
  }

  /** Bytes without their length. */
  void raw(byte[] some) {
    room(some.length);
    System.arraycopy(some, 0, bytes, size, some.length);
    size += some.length;
  }

  /**
   * A length in bytes, and text as UTF-8.
   *
   * @throws IllegalArgumentException if half of a surrogate pair is in it: it would be read as
   *     another text
   */
  public void text(String text) {
    requireUnicode(text);
    block(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Refuses what {@link #text} would.
   *
   * @throws IllegalArgumentException if half of a surrogate pair is in the text
   */
  public static void requireUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean isPair =
            Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          throw new IllegalArgumentException("a text is not Unicode: half a surrogate pair");
        }
        i++;
      }
    }
  }

  /** All that was written; this writer must not be used any more. */
  public Bytes toBytes() {
    return Bytes.wrap(bytes, 0, size);
  }
}
