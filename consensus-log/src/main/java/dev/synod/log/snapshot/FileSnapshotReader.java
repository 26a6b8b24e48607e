package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.log.LogException;
import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a snapshot's file. */
final class FileSnapshotReader implements SnapshotReader {

  private final Snapshot snapshot;
  private final DiskFile file;
  private final int bodyAt;

  FileSnapshotReader(Snapshot snapshot, DiskFile file, int bodyAt) {
    this.snapshot = snapshot;
    this.file = file;
    this.bodyAt = bodyAt;
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public Bytes read(long offset, int length) {
    int wanted = (int) Math.max(0, Math.min(length, snapshot.size() - offset));
    byte[] bytes = new byte[wanted];
    try {
      int read = file.read(ByteBuffer.wrap(bytes), bodyAt + offset);
      if (read < wanted) {
        throw new IOException("it ends at " + (bodyAt + offset + read));
      }
    } catch (IOException e) {
      throw new LogException("reading " + snapshot.file() + " at " + (bodyAt + offset), e);
    }
    return Bytes.wrap(bytes);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new LogException("closing " + snapshot.file(), e);
    }
  }
}
