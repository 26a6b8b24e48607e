package dev.synod.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Checksum;

/**
 * Immutable bytes: a slice of an array that nobody changes any more. Encoded once by the caller's
 * side, then shared by log, cache and wire without a copy.
 */
public final class Bytes {

  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Takes the array over: the caller must not change it afterwards. */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /** Takes a slice of the array over: the caller must not change it afterwards. */
  public static Bytes wrap(byte[] array, int offset, int length) {
    if (offset < 0 || length < 0 || offset > array.length - length) {
      throw new IndexOutOfBoundsException(
          "offset " + offset + ", length " + length + " of an array of " + array.length);
    }
    return length == 0 ? EMPTY : new Bytes(array, offset, length);
  }

  /** Copies the next {@code length} bytes out of the buffer and moves its position. */
  public static Bytes copyFrom(ByteBuffer buffer, int length) {
    byte[] copy = new byte[length];
    buffer.get(copy);
    return wrap(copy);
  }

  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return length;
  }

  public byte at(int index) {
    return array[offset + java.util.Objects.checkIndex(index, length)];
  }

  /** So many bytes from that one on, without copying. */
  public Bytes part(int start, int count) {
    return wrap(array, offset + start, count);
  }

  /** The bytes from there on, not copied. */
  public Bytes from(int start) {
    return wrap(array, offset + java.util.Objects.checkIndex(start, length + 1), length - start);
  }

  public void writeTo(ByteBuffer buffer) {
    buffer.put(array, offset, length);
  }

  /** Feeds the bytes to a checksum, without the copy that a read-only view would cost. */
  public void addTo(Checksum checksum) {
    checksum.update(array, offset, length);
  }

  /** A view, read-only, positioned at the first byte. */
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /**
   * The bytes themselves, in an array of exactly their length; not to be changed. Copies only if
   * this is a slice.
   */
  public byte[] toArray() {
    return offset == 0 && length == array.length
        ? array
        : Arrays.copyOfRange(array, offset, offset + length);
  }

  public String asUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length + " bytes";
  }
}
