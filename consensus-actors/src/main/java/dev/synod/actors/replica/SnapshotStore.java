package dev.synod.actors.replica;

import dev.synod.core.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One group's snapshot files. */
public interface SnapshotStore {

  Writer begin(LogPosition position) throws IOException;

  Optional<Reader> newest() throws IOException;

  interface Writer {
    void append(ByteBuffer chunk) throws IOException;

    /** Durable when it returns; the total bytes. */
    long commit() throws IOException;

    void abort();
  }

  interface Reader extends AutoCloseable {
    LogPosition position();

    long length();

    int read(ByteBuffer into, long position) throws IOException;

    @Override
    void close();
  }
}
