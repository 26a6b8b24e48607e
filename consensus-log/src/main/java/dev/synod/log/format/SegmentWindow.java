package dev.synod.log.format;

import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A part of a file in memory that slides along as it is read from front to back. */
final class SegmentWindow {

  /** Of the buffer to begin with; it grows if a record is longer. */
  private static final int BYTES_MAX = 1 << 20;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(8192).asReadOnlyBuffer();

  private final DiskFile file;
  private final int size;
  private ByteBuffer buffer;
  private int start;
  private int end;

  SegmentWindow(DiskFile file, int size, ByteBuffer buffer) {
    this.file = file;
    this.size = size;
    this.buffer = buffer;
  }

  /** A buffer that many windows may use, one after the other. */
  static ByteBuffer newBuffer(int segmentBytes) {
    return ByteBuffer.allocateDirect(Math.min(segmentBytes, BYTES_MAX));
  }

  int size() {
    return size;
  }

  ByteBuffer buffer() {
    return buffer;
  }

  /**
   * Makes those bytes, which lie within the file, readable and says where in the buffer they begin.
   */
  int at(int offset, int length) throws IOException {
    if (offset < start || offset + length > end) {
      load(offset, length);
    }
    return offset - start;
  }

  /** The first of those bytes that is not zero; {@code to} if there is none. */
  int firstNonZero(int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      int length = Math.min(to - at, ZEROS.capacity());
      int inBuffer = at(at, length);
      int found = buffer.slice(inBuffer, length).mismatch(ZEROS.slice(0, length));
      if (found >= 0) {
        return at + found;
      }
      at += length;
    }
    return to;
  }

  boolean isZero(int from, int length) throws IOException {
    return firstNonZero(from, from + length) == from + length;
  }

  private void load(int offset, int length) throws IOException {
    if (length > buffer.capacity()) {
      buffer = ByteBuffer.allocateDirect(Math.max(length, 2 * buffer.capacity()));
    }
    int wanted = Math.min(buffer.capacity(), size - offset);
    buffer.clear().limit(wanted);
    int read = file.read(buffer, offset);
    if (read < length) {
      throw new IOException("the file ends at " + (offset + read) + ", not at " + size);
    }
    buffer.clear();
    start = offset;
    end = offset + read;
  }
}
