package dev.synod.actors.replica;

import dev.synod.core.Bytes;
import dev.synod.core.LogPosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Snapshots in memory, by position. */
final class MemorySnapshots implements SnapshotStore {

  final Map<LogPosition, byte[]> files = new TreeMap<>();
  boolean full;

  @Override
  public Writer begin(LogPosition position) {
    var bytes = new ByteArrayOutputStream();
    return new Writer() {
      @Override
      public void append(ByteBuffer chunk) throws IOException {
        if (full) {
          throw new IOException("no space left");
        }
        byte[] copy = new byte[chunk.remaining()];
        chunk.get(copy);
        bytes.writeBytes(copy);
      }

      @Override
      public long commit() {
        files.put(position, bytes.toByteArray());
        return bytes.size();
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public Optional<Reader> newest() {
    return files.keySet().stream()
        .reduce((a, b) -> b)
        .map(position -> new MemoryReader(position, Bytes.wrap(files.get(position))));
  }

  private record MemoryReader(LogPosition position, Bytes bytes) implements Reader {
    @Override
    public long length() {
      return bytes.length();
    }

    @Override
    public int read(ByteBuffer into, long from) {
      int count = (int) Math.min(into.remaining(), bytes.length() - from);
      into.put(bytes.toArray(), (int) from, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
