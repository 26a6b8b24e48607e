package dev.synod.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A file's contents: as the operating system shows them, and as a crash would leave them. Guarded
 * by its {@link MemoryDisk}.
 */
final class MemoryFile {

  static final int SECTOR_BYTES = 512;

  private static final byte GARBAGE = 0x5A;

  /** The sectors written since the last force, each with the time of its last write. */
  private final Map<Integer, Long> unsyncedSectors = new LinkedHashMap<>();

  private byte[] seen = new byte[0];
  private int size;
  private byte[] synced = new byte[0];
  private int syncedSize;
  private boolean shrunk;

  /** Whether the arrays belong to a {@link #fork} too, so that they are copied before a change. */
  private boolean isShared;

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

  /**
   * Puts the bytes there, on the device only after {@link #force}.
   *
   * @param clock rises with every sector that is written to the disk
   */
  void write(ByteBuffer bytes, long position, LongSupplier clock) {
    int from = (int) position;
    int to = from + bytes.remaining();
    own();
    reserve(to);
    bytes.get(seen, from, to - from);
    size = Math.max(size, to);
    for (int sector = from / SECTOR_BYTES; sector * SECTOR_BYTES < to; sector++) {
      unsyncedSectors.remove(sector);
      unsyncedSectors.put(sector, clock.getAsLong());
    }
  }

  void truncate(long newSize) {
    if (newSize < size) {
      own();
      Arrays.fill(seen, (int) newSize, size, (byte) 0);
      size = (int) newSize;
      shrunk = true;
    }
  }

  void force() {
    own();
    if (shrunk || synced.length != seen.length) {
      synced = seen.clone();
      shrunk = false;
    } else {
      unsyncedSectors.keySet().forEach(this::copySector);
    }
    unsyncedSectors.clear();
    syncedSize = size;
  }

  /**
   * A force has failed: the operating system still shows what was written, but takes it for clean,
   * so that no later force writes it (Rebello et al. 2020, "Can Applications Recover from fsync
   * Failures?").
   */
  void forgetUnsynced() {
    unsyncedSectors.clear();
  }

  /**
   * The power goes: of the sectors written since the last force, the device has only those that the
   * tear spares.
   */
  void crash(MemoryDisk.Tear tear, RandomGenerator random) {
    int keep = tear.sectorsKept(unsyncedSectors.size(), random);
    int number = 0;
    beginCrash();
    for (int sector : unsyncedSectors.keySet().stream().sorted().toList()) {
      if (keep < 0 ? random.nextBoolean() : number < keep) {
        keepSector(sector);
      }
      number++;
    }
    endCrash();
  }

  /** When the sectors were written that are not synced. */
  Collection<Long> unsyncedTimes() {
    return unsyncedSectors.values();
  }

  /**
   * The power goes, and the cut decides.
   *
   * @param times of all unsynced sectors of the disk, in order
   */
  void crash(Cut cut, List<Long> times) {
    beginCrash();
    unsyncedSectors.forEach(
        (sector, time) -> {
          Cut.Fate fate = cut.fateOf(1 + Collections.binarySearch(times, time));
          if (fate != Cut.Fate.SKIPPED) {
            keepSector(sector);
          }
          if (fate == Cut.Fate.GARBLED) {
            garble(sector);
          }
        });
    endCrash();
  }

  private void beginCrash() {
    synced = Arrays.copyOf(synced, Math.max(synced.length, seen.length));
  }

  private void keepSector(int sector) {
    copySector(sector);
    syncedSize = Math.max(syncedSize, Math.min(size, (sector + 1) * SECTOR_BYTES));
  }

  private void garble(int sector) {
    int end = Math.min((sector + 1) * SECTOR_BYTES, synced.length);
    for (int at = sector * SECTOR_BYTES; at < end; at++) {
      synced[at] = (byte) ((synced[at] ^ GARBAGE) * 31 + at);
    }
  }

  private void endCrash() {
    unsyncedSectors.clear();
    seen = synced.clone();
    size = syncedSize;
    shrunk = false;
    isShared = false;
  }

  /** The same file, synced and not, which goes its own way from now on. */
  MemoryFile fork() {
    var fork = new MemoryFile();
    fork.unsyncedSectors.putAll(unsyncedSectors);
    fork.seen = seen;
    fork.size = size;
    fork.synced = synced;
    fork.syncedSize = syncedSize;
    fork.shrunk = shrunk;
    fork.isShared = true;
    isShared = true;
    return fork;
  }

  private void own() {
    if (isShared) {
      seen = seen.clone();
      synced = synced.clone();
      isShared = false;
    }
  }

  /** Flips one bit, on the device and as seen. */
  void flip(long bit) {
    own();
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
