package dev.synod.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A file's contents: as the operating system shows them, and as a crash would leave them. Guarded
 * by its {@link MemoryDisk}.
 */
final class MemoryFile {

  static final int SECTOR_BYTES = 512;

  private final TreeSet<Integer> unsyncedSectors = new TreeSet<>();
  private byte[] seen = new byte[0];
  private int size;
  private byte[] synced = new byte[0];
  private int syncedSize;
  private boolean shrunk;

  int size() {
    return size;
  }

  int read(ByteBuffer buffer, long position) {
    int length = (int) Math.max(0, Math.min(buffer.remaining(), size - position));
    if (length > 0) {
      buffer.put(seen, (int) position, length);
    }
    return length;
  }

  void write(ByteBuffer bytes, long position) {
    int from = (int) position;
    int to = from + bytes.remaining();
    reserve(to);
    bytes.get(seen, from, to - from);
    size = Math.max(size, to);
    for (int sector = from / SECTOR_BYTES; sector * SECTOR_BYTES < to; sector++) {
      unsyncedSectors.add(sector);
    }
  }

  void truncate(long newSize) {
    if (newSize < size) {
      Arrays.fill(seen, (int) newSize, size, (byte) 0);
      size = (int) newSize;
      shrunk = true;
    }
  }

  void force() {
    if (shrunk || synced.length != seen.length) {
      synced = seen.clone();
      shrunk = false;
    } else {
      unsyncedSectors.forEach(this::copySector);
    }
    unsyncedSectors.clear();
    syncedSize = size;
  }

  /**
   * The power goes: of the sectors written since the last force, the device has only those that the
   * tear spares.
   */
  void crash(MemoryDisk.Tear tear, RandomGenerator random) {
    int keep = tear.sectorsKept(unsyncedSectors.size(), random);
    int reached = syncedSize;
    int seenSector = 0;
    synced = Arrays.copyOf(synced, Math.max(synced.length, seen.length));
    for (int sector : unsyncedSectors) {
      boolean kept = keep < 0 ? random.nextBoolean() : seenSector < keep;
      if (kept) {
        copySector(sector);
        reached = Math.max(reached, Math.min(size, (sector + 1) * SECTOR_BYTES));
      }
      seenSector++;
    }
    unsyncedSectors.clear();
    syncedSize = reached;
    seen = synced.clone();
    size = syncedSize;
    shrunk = false;
  }

  /** The same contents, all durable. */
  MemoryFile copy() {
    var copy = new MemoryFile();
    copy.seen = seen.clone();
    copy.size = size;
    copy.force();
    return copy;
  }

  /** Flips one bit, on the device and as seen. */
  void flip(long bit) {
    int at = (int) (bit / Byte.SIZE);
    byte mask = (byte) (1 << (int) (bit % Byte.SIZE));
    seen[at] ^= mask;
    if (at < synced.length) {
      synced[at] ^= mask;
    }
  }

  private void copySector(int sector) {
    int from = sector * SECTOR_BYTES;
    int to = Math.min(from + SECTOR_BYTES, Math.min(seen.length, synced.length));
    if (from < to) {
      System.arraycopy(seen, from, synced, from, to - from);
    }
  }

  private void reserve(int bytes) {
    if (bytes > seen.length) {
      int sectors = (bytes + SECTOR_BYTES - 1) / SECTOR_BYTES;
      seen = Arrays.copyOf(seen, Math.max(sectors * SECTOR_BYTES, 2 * seen.length));
    }
  }

  /** Checks that a file in memory can be that long. */
  static void checkPosition(long end) throws IOException {
    if (end < 0 || end > Integer.MAX_VALUE - SECTOR_BYTES) {
      throw new IOException("a file in memory has at most 2 GiB, not " + end);
    }
  }
}
