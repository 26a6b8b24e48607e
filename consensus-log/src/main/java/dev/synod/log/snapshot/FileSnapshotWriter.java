package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.Invariants;
import dev.synod.log.LogException;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes a snapshot's file beside the durable ones, forces it, and only then gives it its name. */
final class FileSnapshotWriter implements SnapshotWriter {

  private final Finish finish;
  private final SnapshotHeader header;
  private final Disk disk;
  private final String unfinished;
  private final DiskFile file;
  private final CRC32C crc = new CRC32C();
  private long size;
  private boolean closed;

  /** Gives the finished file its name, durably. */
  interface Finish {
    Snapshot finish(String unfinished, SnapshotHeader header, long size) throws IOException;
  }

  FileSnapshotWriter(Finish finish, SnapshotHeader header, Disk disk, String unfinished)
      throws IOException {
    this.finish = finish;
    this.header = header;
    this.disk = disk;
    this.unfinished = unfinished;
    this.file = disk.open(unfinished);
    file.truncate(0);
    file.write(new ByteBuffer[] {header.encode()}, 1, 0);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
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

  @Override
  public Snapshot commit() {
    Invariants.check(!closed, "the snapshot %s is finished", unfinished);
    closed = true;
    try {
      ByteBuffer trailer = ByteBuffer.allocate(SnapshotHeader.TRAILER_BYTES);
      trailer.putLong(size).putInt((int) crc.getValue()).putInt(0).flip();
      file.write(new ByteBuffer[] {trailer}, 1, header.length() + size);
      file.force();
      file.close();
      return finish.finish(unfinished, header, size);
    } catch (IOException e) {
      throw new LogException("writing " + disk.describe() + "/" + unfinished, e);
    }
  }

  @Override
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
}
