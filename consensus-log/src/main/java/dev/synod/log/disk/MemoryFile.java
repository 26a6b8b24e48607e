package dev.synod.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A file's contents: as the operating system shows them, and as a crash would leave them. Guarded
 * by its {@link MemoryDisk}.
 */
final class MemoryFile {

  static final int SECTOR_BYTES = 512;

  private static final byte GARBAGE = 0x5A;

  /** Of each sector, the time of its last write since the last force; 0 if there was none. */
  private long[] unsynced = new long[0];

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
   * @param clock above 0, rises with every sector that is written to the disk
   */
  void write(ByteBuffer bytes, long position, LongSupplier clock) {
    int from = (int) position;
    int to = from + bytes.remaining();
    own();
    reserve(to);
    bytes.get(seen, from, to - from);
    wrote(from, to, clock);
  }

  /** Zeros up to there, as a write of them. */
  void extend(long newSize, LongSupplier clock) {
    int from = size;
    int to = (int) newSize;
    own();
    reserve(to);
    Arrays.fill(seen, from, to, (byte) 0);
    wrote(from, to, clock);
  }

  private void wrote(int from, int to, LongSupplier clock) {
    size = Math.max(size, to);
    for (int sector = from / SECTOR_BYTES; sector * SECTOR_BYTES < to; sector++) {
      unsynced[sector] = clock.getAsLong();
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
      unsyncedSectors().forEach(this::copySector);
    }
    forgetUnsynced();
    syncedSize = size;
  }

  /**
   * A force has failed: the operating system still shows what was written, but takes it for clean,
   * so that no later force writes it (Rebello et al. 2020, "Can Applications Recover from fsync
   * Failures?").
   */
  void forgetUnsynced() {
    Arrays.fill(unsynced, 0);
  }

  /** In their order. */
  private IntStream unsyncedSectors() {
    return IntStream.range(0, unsynced.length).filter(sector -> unsynced[sector] > 0);
  }

  /**
   * The power goes: of the sectors written since the last force, the device has only those that the
   * tear spares.
   */
  void crash(MemoryDisk.Tear tear, RandomGenerator random) {
    int[] sectors = unsyncedSectors().toArray();
    int keep = tear.sectorsKept(sectors.length, random);
    int number = 0;
    beginCrash();
    for (int sector : sectors) {
      if (keep < 0 ? random.nextBoolean() : number < keep) {
        keepSector(sector);
      }
      number++;
    }
    endCrash();
  }

  /** When the sectors were written that are not synced. */
  LongStream unsyncedTimes() {
    return Arrays.stream(unsynced).filter(time -> time > 0);
  }

  /**
   * The power goes, and the cut decides.
   *
   * @param times of all unsynced sectors of the disk, in order
   */
  void crash(Cut cut, List<Long> times) {
    beginCrash();
    for (int sector : unsyncedSectors().toArray()) {
      Cut.Fate fate = cut.fateOf(1 + Collections.binarySearch(times, unsynced[sector]));
      if (fate != Cut.Fate.SKIPPED) {
        keepSector(sector);
      }
      if (fate == Cut.Fate.GARBLED) {
        garble(sector);
      }
    }
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
    seen = synced.clone();
    unsynced = new long[sectorsOf(seen)];
    size = syncedSize;
    shrunk = false;
    isShared = false;
  }

  /** The same file, synced and not, which goes its own way from now on. */
  MemoryFile fork() {
    var fork = new MemoryFile();
    fork.unsynced = unsynced.clone();
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
      unsynced = Arrays.copyOf(unsynced, sectorsOf(seen));
    }
  }

  private static int sectorsOf(byte[] bytes) {
    return (bytes.length + SECTOR_BYTES - 1) / SECTOR_BYTES;
  }

  /** Checks that a file in memory can be that long. */
  static void checkPosition(long end) throws IOException {
    if (end < 0 || end > Integer.MAX_VALUE - SECTOR_BYTES) {
      throw new IOException("a file in memory has at most 2 GiB, not " + end);
    }
  }
}
