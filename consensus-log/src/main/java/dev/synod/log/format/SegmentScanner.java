package dev.synod.log.format;

import dev.synod.core.Bytes;
import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Walks the records of one segment and tells a torn tail from damage.
 *
 * <p>A record that can't be read was torn by a crash, and may be cut off with all that follows,
 * only if it belongs to the last batch ever written: every later batch was begun after the force of
 * this one had returned. So an intact header of a later batch (one which begins behind the bad
 * place), or of a later segment, proves that the bad record had been synced: damage. Without such a
 * proof, the bad record is torn if one of the sectors that it touches was never written (its part
 * of that sector is all zeros, as preallocated), since a disk writes a sector wholly or not at all;
 * else it is damage too.
 */
public final class SegmentScanner {

  private static final int SECTOR_BYTES = 512;

  /** Where the last aligned word of a header begins. */
  private static final int LAST_WORD = RecordHeader.BYTES - RecordHeader.ALIGNMENT;

  private final SegmentWindow window;
  private final int salt;
  private final boolean laterWritten;
  private final CRC32C crc = new CRC32C();
  private final RecordHeader header = new RecordHeader();
  private int highestBatchStart = -1;
  private int offset = SegmentHeader.BYTES;
  private int batchStart = SegmentHeader.BYTES;
  private boolean stopped;

  /**
   * Walks one segment.
   *
   * @param laterWritten whether a later segment has an intact record
   * @param buffer a direct buffer to read into, from {@link #newBuffer}
   */
  public SegmentScanner(DiskFile file, int salt, boolean laterWritten, ByteBuffer buffer)
      throws IOException {
    this.window = new SegmentWindow(file, (int) file.size(), buffer);
    this.salt = salt;
    this.laterWritten = laterWritten;
  }

  /** A buffer for one scanner after the other, of segments of about that size. */
  public static ByteBuffer newBuffer(int segmentBytes) {
    return SegmentWindow.newBuffer(segmentBytes);
  }

  /** What is found, in the order of the file. The header is valid during the call only. */
  public interface Visitor {

    void record(RecordHeader header, int offset, Payload payload);

    /** A synced record whose payload is damaged. */
    void damagedPayload(RecordHeader header, int offset);

    /** Synced records whose headers can't be read; {@code to} is the next intact header. */
    void unreadable(int from, int to);
  }

  /** The bytes of the record being visited. */
  @FunctionalInterface
  public interface Payload {
    Bytes copy();
  }

  /** How the segment ends. */
  public enum Ending {
    /** Unwritten space follows the last record. */
    CLEAN,
    /** The last batch was torn by a crash; it was never acknowledged. */
    TORN,
    /** The last record is damaged. */
    DAMAGED
  }

  /**
   * How far the walk got.
   *
   * @param end where the intact records end
   * @param batchStart where the last intact record's batch begins
   */
  public record Result(Ending ending, int end, int batchStart) {}

  /** Whether the segment has any intact record header at all. */
  public boolean hasRecords() throws IOException {
    return isHeaderAt(SegmentHeader.BYTES) || nextHeader(SegmentHeader.BYTES) >= 0;
  }

  /** Begins at a record's place instead of the segment's first. */
  public SegmentScanner from(int recordOffset) {
    offset = recordOffset;
    return this;
  }

  /** Ends the walk behind the record being visited. */
  public void stop() {
    stopped = true;
  }

  /** Visits all records up to the end of the segment or its torn tail. */
  public Result scan(Visitor visitor) throws IOException {
    while (!stopped && offset + RecordHeader.BYTES <= window.size()) {
      if (isHeaderAt(offset)) {
        if (!visitRecord(visitor)) {
          return new Result(Ending.TORN, offset, batchStart);
        }
        continue;
      }
      int next = nextHeader(offset);
      if (next < 0) {
        return new Result(endingWithoutSuccessor(), offset, batchStart);
      }
      if (isTorn(RecordHeader.BYTES)) {
        return new Result(Ending.TORN, offset, batchStart);
      }
      visitor.unreadable(offset, next);
      offset = next;
    }
    return new Result(Ending.CLEAN, offset, batchStart);
  }

  private boolean visitRecord(Visitor visitor) throws IOException {
    int size = header.size();
    int payloadAt = window.at(offset, size) + RecordHeader.BYTES;
    int length = header.length();
    if (Checksums.of(window.buffer(), payloadAt, length, crc) == header.payloadCrc()) {
      batchStart = header.batchStart();
      visitor.record(header, offset, () -> copy(payloadAt, length));
    } else if (isTorn(RecordHeader.BYTES + length)) {
      return false;
    } else {
      // Looking for a proof has used the header; it is intact, so it reads again.
      isHeaderAt(offset);
      visitor.damagedPayload(header, offset);
    }
    offset += size;
    return true;
  }

  private Bytes copy(int at, int length) {
    byte[] bytes = new byte[length];
    window.buffer().get(at, bytes);
    return Bytes.wrap(bytes);
  }

  private Ending endingWithoutSuccessor() throws IOException {
    if (window.isZero(offset, RecordHeader.BYTES)) {
      return window.isZero(offset, window.size() - offset) ? Ending.CLEAN : Ending.TORN;
    }
    return isTorn(RecordHeader.BYTES) ? Ending.TORN : Ending.DAMAGED;
  }

  private boolean isTorn(int length) throws IOException {
    return !laterWritten && highestBatchStart() <= offset && hasUnwrittenSector(length);
  }

  /**
   * The highest start of a batch that any intact header of the segment names: all before it was
   * synced.
   */
  private int highestBatchStart() throws IOException {
    if (highestBatchStart < 0) {
      highestBatchStart = 0;
      int at = isHeaderAt(offset) ? offset : nextHeader(offset);
      while (at >= 0) {
        highestBatchStart = Math.max(highestBatchStart, header.batchStart());
        int next = at + header.size();
        at = isHeaderAt(next) ? next : nextHeader(next);
      }
    }
    return highestBatchStart;
  }

  private boolean hasUnwrittenSector(int length) throws IOException {
    int end = offset + length;
    for (int from = offset; from < end; ) {
      int to = Math.min(end, (from / SECTOR_BYTES + 1) * SECTOR_BYTES);
      if (window.isZero(from, to - from)) {
        return true;
      }
      from = to;
    }
    return false;
  }

  /** Finds the next intact header behind {@code from}, and reads it; -1 if there is none. */
  private int nextHeader(int from) throws IOException {
    int at = from + RecordHeader.ALIGNMENT;
    while (at + RecordHeader.BYTES <= window.size()) {
      if (isHeaderAt(at)) {
        return at;
      }
      at = window.isZero(at, RecordHeader.BYTES) ? behindZeros(at) : at + RecordHeader.ALIGNMENT;
    }
    return -1;
  }

  private boolean isHeaderAt(int at) throws IOException {
    if (at + RecordHeader.BYTES > window.size()) {
      return false;
    }
    int inBuffer = window.at(at, RecordHeader.BYTES);
    return header.read(window.buffer(), inBuffer, at, window.size(), salt, crc);
  }

  /** The next place where a header may be that is not all zeros. */
  private int behindZeros(int from) throws IOException {
    int written = window.firstNonZero(from, window.size());
    int into = (written - from) % RecordHeader.ALIGNMENT;
    return Math.max(from + RecordHeader.ALIGNMENT, written - into - LAST_WORD);
  }
}
