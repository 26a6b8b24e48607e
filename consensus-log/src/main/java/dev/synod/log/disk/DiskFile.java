package dev.synod.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One open file of a {@link Disk}. */
public interface DiskFile extends AutoCloseable {

  long size() throws IOException;

  /** Reads until the buffer is full or the file ends; returns the number of bytes read. */
  int read(ByteBuffer buffer, long position) throws IOException;

  /** Writes all remaining bytes of all buffers, one after the other, from that position on. */
  void write(ByteBuffer[] buffers, int count, long position) throws IOException;

  /** Reserves and zero-fills up to that size, so that later writes below it change no metadata. */
  void preallocate(long size) throws IOException;

  /**
   * Makes all that was written durable; metadata only as far as reading it back needs (like {@code
   * fdatasync}).
   */
  void force() throws IOException;

  void truncate(long size) throws IOException;

  @Override
  void close() throws IOException;
}
