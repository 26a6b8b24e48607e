package dev.synod.log.snapshot;

import dev.synod.core.Bytes;

/** Reads one snapshot's body in chunks, at any offset. May block on the disk. */
public interface SnapshotReader extends AutoCloseable {

  Snapshot snapshot();

  /** Up to {@code length} bytes from that offset of the body; fewer only at its end. */
  Bytes read(long offset, int length);

  @Override
  void close();
}
