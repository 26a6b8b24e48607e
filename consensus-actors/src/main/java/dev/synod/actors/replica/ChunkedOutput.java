package dev.synod.actors.replica;

import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes fields into one buffer of fixed size and hands it on whenever it is full: memory stays
 * bounded.
 */
final class ChunkedOutput {

  private final ByteBuffer chunk;
  private final Sink sink;

  ChunkedOutput(int chunkBytes, Sink sink) {
    this.chunk = ByteBuffer.allocate(chunkBytes);
    this.sink = sink;
  }

  void putByte(int value) throws IOException {
    reserve(Byte.BYTES);
    chunk.put((byte) value);
  }

  void putInt(int value) throws IOException {
    reserve(Integer.BYTES);
    chunk.putInt(value);
  }

  void putLong(long value) throws IOException {
    reserve(Long.BYTES);
    chunk.putLong(value);
  }

  /** Length, then bytes. */
  void putBytes(Bytes bytes) throws IOException {
    putInt(bytes.length());
    var rest = bytes.asBuffer();
    while (rest.hasRemaining()) {
      reserve(1);
      int length = Math.min(rest.remaining(), chunk.remaining());
      chunk.put(chunk.position(), rest, rest.position(), length);
      chunk.position(chunk.position() + length);
      rest.position(rest.position() + length);
    }
  }

  void putText(String text) throws IOException {
    putBytes(Bytes.utf8(text));
  }

  void putValue(EncodedValue value) throws IOException {
    putInt(value.serializerId());
    putText(value.manifest());
    putBytes(value.body());
  }

  void flush() throws IOException {
    if (chunk.position() > 0) {
      sink.append(Bytes.wrap(chunk.array(), 0, chunk.position()));
    }
    chunk.clear();
  }

  private void reserve(int bytes) throws IOException {
    if (chunk.remaining() < bytes) {
      flush();
    }
  }

  /**
   * Where full buffers go. Must be done with the bytes when it returns: the buffer is used again.
   */
  interface Sink {
    void append(Bytes chunk) throws IOException;
  }
}
