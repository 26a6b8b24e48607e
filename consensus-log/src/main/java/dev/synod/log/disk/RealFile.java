package dev.synod.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of the file system. Written by one thread at a time, read by any number meanwhile. */
final class RealFile implements DiskFile {

  /** Forced piece by piece: another file's force may have to wait for one, half a millisecond. */
  private static final int ZEROS = 1 << 18;

  private final FileChannel channel;

  RealFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int read(ByteBuffer buffer, long position) throws IOException {
    int total = 0;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position + total);
      if (read < 0) {
        break;
      }
      total += read;
    }
    return total;
  }

  @Override
  public void write(ByteBuffer[] buffers, int count, long position) throws IOException {
    if (count == 1) {
      writeOne(buffers[0], position);
      return;
    }
    channel.position(position);
    while (buffers[count - 1].hasRemaining()) {
      channel.write(buffers, 0, count);
    }
  }

  private void writeOne(ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  @Override
  public void preallocate(long size) throws IOException {
    long at = channel.size();
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.max(0, Math.min(ZEROS, size - at)));
    while (at < size) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
      writeOne(zeros, at);
      at += zeros.limit();
      channel.force(false);
    }
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
