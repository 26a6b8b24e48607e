package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.Invariants;
import dev.synod.log.LogException;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A snapshot being written, chunk by chunk, beside the durable ones; nothing of it counts before
 * {@link #commit}. Used by one thread at a time, which may block on the disk. A received snapshot
 * goes on at {@link #size}.
 */
public final class SnapshotWriter implements AutoCloseable {

  private final Snapshots snapshots;
  private final SnapshotHeader header;
  private final Disk disk;
  private final String unfinished;
  private final DiskFile file;
  private final CRC32C crc = new CRC32C();
  private long size;
  private boolean closed;

  SnapshotWriter(Snapshots snapshots, SnapshotHeader header, Disk disk, String unfinished)
      throws IOException {
    this.snapshots = snapshots;
    this.header = header;
    this.disk = disk;
    this.unfinished = unfinished;
    this.file = disk.open(unfinished);
    file.truncate(0);
    file.write(new ByteBuffer[] {header.encode()}, 1, 0);
  }

  /** Bytes of the body so far: where the next chunk goes. */
  public long size() {
    return size;
  }

  /** Adds the next chunk of the body. */
  public void append(Bytes chunk) {
    Invariants.check(!closed, "the snapshot %s is finished", unfinished);
    try {
      file.write(new ByteBuffer[] {chunk.asBuffer()}, 1, header.length() + size);
    } catch (IOException e) {
      throw new LogException("writing " + disk.describe() + "/" + unfinished, e);
    }
    chunk.addTo(crc);
    size += chunk.length();
  }

  /**
   * Makes the snapshot durable and the newest; older ones beyond the number to keep are deleted
   * only then.
   *
   * @throws LogException if the disk fails; the older snapshots are as they were
   */
  public Snapshot commit() {
    Invariants.check(!closed, "the snapshot %s is finished", unfinished);
    closed = true;
    try {
      ByteBuffer trailer = ByteBuffer.allocate(SnapshotHeader.TRAILER_BYTES);
      trailer.putLong(size).putInt((int) crc.getValue()).putInt(0).flip();
      file.write(new ByteBuffer[] {trailer}, 1, header.length() + size);
      file.force();
      file.close();
      return snapshots.finish(unfinished, header, size);
    } catch (IOException e) {
      throw new LogException("writing " + disk.describe() + "/" + unfinished, e);
    }
  }

  /** Gives the unfinished snapshot up. */
  public void abort() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      file.close();
      disk.delete(unfinished);
    } catch (IOException e) {
      throw new LogException("giving up " + disk.describe() + "/" + unfinished, e);
    }
  }

  /** As {@link #abort}, unless it was committed. */
  @Override
  public void close() {
    abort();
  }
}
