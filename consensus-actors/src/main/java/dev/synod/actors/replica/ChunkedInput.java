package dev.synod.actors.replica;

import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Bytes;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the fields that {@link ChunkedOutput} wrote. Every length is checked against what is left
 * before memory is taken.
 */
final class ChunkedInput {

  private final ByteBuffer chunk;
  private final long length;
  private final Source source;

  /** Bytes of the source that were read into the chunk so far. */
  private long position;

  ChunkedInput(int chunkBytes, long length, Source source) {
    this.chunk = ByteBuffer.allocate(chunkBytes).limit(0);
    this.length = length;
    this.source = source;
  }

  byte takeByte() throws IOException {
    demand(Byte.BYTES);
    return chunk.get();
  }

  int takeInt() throws IOException {
    demand(Integer.BYTES);
    return chunk.getInt();
  }

  long takeLong() throws IOException {
    demand(Long.BYTES);
    return chunk.getLong();
  }

  LogPosition takePosition() throws IOException {
    long index = takeLong();
    long term = takeLong();
    if (index < 0 || term < 0) {
      throw new IOException("no place in a log: index %d, term %d".formatted(index, term));
    }
    return new LogPosition(index, new Term(term));
  }

  /** A count of things that take at least {@code bytesEach} bytes each. */
  int takeCount(int bytesEach) throws IOException {
    int count = takeInt();
    if (count < 0 || count > left() / bytesEach) {
      throw new IOException("a count of %d where %d bytes are left".formatted(count, left()));
    }
    return count;
  }

  Bytes takeBytes() throws IOException {
    byte[] bytes = new byte[takeCount(1)];
    int done = 0;
    while (done < bytes.length) {
      demand(1);
      int part = Math.min(bytes.length - done, chunk.remaining());
      chunk.get(bytes, done, part);
      done += part;
    }
    return Bytes.wrap(bytes);
  }

  String takeText() throws IOException {
    return takeBytes().asUtf8();
  }

  EncodedValue takeValue() throws IOException {
    return new EncodedValue(takeInt(), takeText(), takeBytes());
  }

  void expectEnd() throws IOException {
    if (left() != 0) {
      throw new IOException(left() + " bytes follow the end");
    }
  }

  private long left() {
    return length - position + chunk.remaining();
  }

  private void demand(int bytes) throws IOException {
    if (chunk.remaining() >= bytes) {
      return;
    }
    if (left() < bytes) {
      throw new IOException("ends too early: %d bytes wanted, %d left".formatted(bytes, left()));
    }
    chunk.compact();
    chunk.limit((int) Math.min(chunk.capacity(), chunk.position() + (length - position)));
    var read = source.read(position, chunk.remaining());
    if (read.length() != chunk.remaining()) {
      throw new IOException("ends at byte %d of %d".formatted(position + read.length(), length));
    }
    read.writeTo(chunk);
    position += read.length();
    chunk.flip();
  }

  /** Where bytes come from. */
  interface Source {
    /** So many bytes from that offset on; fewer only at the end. */
    Bytes read(long offset, int length) throws IOException;
  }
}
