package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link CrdtWriter} wrote; refuses all else by an {@link IllegalArgumentException}. */
public final class CrdtReader {

  private static final int NUMBER_BYTES_MAX = 9; // 63 bits
  private static final char REPLACEMENT = '\uFFFD'; // of whatever is no UTF-8

  private final Bytes bytes;
  private int at;

  public CrdtReader(Bytes bytes) {
    this.bytes = bytes;
  }

  public int remaining() {
    return bytes.length() - at;
  }

  /** How much was read so far. */
  int position() {
    return at;
  }

  /** What was read since that position. */
  Bytes since(int position) {
    return bytes.part(position, at - position);
  }

  public int u8() {
    need(1);
    return Byte.toUnsignedInt(bytes.at(at++));
  }

  /** See {@link CrdtWriter#number}; refuses numbers that are written longer than needed. */
  public long number() {
    long value = 0;
    for (int i = 0; i < NUMBER_BYTES_MAX; i++) {
      int next = u8();
      value |= (long) (next & 0x7F) << (7 * i);
      if (next < 0x80) {
        require(i == 0 || next > 0, "a number is written longer than needed");
        return value;
      }
    }
    throw new IllegalArgumentException("a number has more than 63 bits");
  }

  /** A number from 0 to that one. */
  public int number(int max) {
    long value = number();
    require(value <= max, "a number is above " + max);
    return (int) value;
  }

  /**
   * How many of something follow: no more than there can be in what is left, so that a count may be
   * believed.
   *
   * @param bytesEach the least that each of them takes
   */
  public int count(int bytesEach) {
    long count = number();
    require(count <= remaining() / bytesEach, "a count is above what the bytes have room for");
    return (int) count;
  }

  public long i64() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << Byte.SIZE) | u8();
    }
    return value;
  }

  public Bytes block() {
    int length = count(1);
    at += length;
    return bytes.part(at - length, length);
  }

  /** Text; refuses bytes that are no UTF-8. */
  public String text() {
    var utf8 = block();
    String text = utf8.asUtf8();
    return text.indexOf(REPLACEMENT) < 0 ? text : strict(utf8);
  }

  /** The mark may stand for what is no UTF-8, or be what was written. */
  private static String strict(Bytes utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.asBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text is no UTF-8", e);
    }
  }

  private void need(int more) {
    require(more <= remaining(), "the bytes end too early");
  }

  /** Refuses the bytes for that reason, unless it holds. */
  public static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
