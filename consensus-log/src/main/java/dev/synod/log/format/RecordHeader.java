package dev.synod.log.format;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The {@value #BYTES} bytes before a record's payload. Mutable and used again for each record,
 * since recovery reads millions of them.
 *
 * <p>The first and the last word of a written header are never zero, wherever a sector's border
 * cuts it: so a part that is all zeros was never written (see {@link SegmentScanner}).
 */
public final class RecordHeader {

  public static final int BYTES = 56;

  /**
   * Sequences, indexes and terms beyond this are damage, whatever the checksum says: no log lives
   * to write them, and the numbers after them must not overflow.
   */
  public static final long NUMBER_MAX = 1L << 62;

  /** As {@link #NUMBER_MAX}, for the numbers of groups and segments. */
  public static final int SMALL_NUMBER_MAX = 1 << 30;

  /** Records begin at multiples of this. */
  public static final int ALIGNMENT = 8;

  private static final int CRC_AT = 0;
  private static final int PAYLOAD_CRC_AT = 4;
  private static final int SEQUENCE_AT = 8;
  private static final int GROUP_SEQUENCE_AT = 16;
  private static final int INDEX_AT = 24;
  private static final int TERM_AT = 32;
  private static final int BATCH_START_AT = 40;
  private static final int GROUP_AT = 44;
  private static final int LENGTH_AT = 48;
  private static final int KIND_AT = 52;
  private static final int ENTRY_KIND_AT = 53;
  private static final int ZERO_AT = 54;

  private int payloadCrc;
  private long sequence;
  private long groupSequence;
  private long index;
  private long term;
  private int batchStart;
  private int group;
  private int length;
  private @Nullable RecordKind kind;
  private byte entryKind;

  /** The bytes that a record with such a payload takes, padding included. */
  public static long sizeOf(int payloadLength) {
    return (BYTES + (long) payloadLength + ALIGNMENT - 1) & -ALIGNMENT;
  }

  public RecordHeader set(RecordKind kind, byte entryKind, int group, long index, long term) {
    this.kind = kind;
    this.entryKind = entryKind;
    this.group = group;
    this.index = index;
    this.term = term;
    return this;
  }

  public RecordHeader place(long sequence, long groupSequence, int batchStart) {
    this.sequence = sequence;
    this.groupSequence = groupSequence;
    this.batchStart = batchStart;
    return this;
  }

  public RecordHeader payload(int length, int crc) {
    this.length = length;
    this.payloadCrc = crc;
    return this;
  }

  /** Writes the header at that place of the buffer, whose position and limit are kept. */
  public void writeTo(ByteBuffer buffer, int at, int salt, CRC32C crc) {
    buffer
        .putInt(at + PAYLOAD_CRC_AT, payloadCrc)
        .putLong(at + SEQUENCE_AT, sequence)
        .putLong(at + GROUP_SEQUENCE_AT, groupSequence)
        .putLong(at + INDEX_AT, index)
        .putLong(at + TERM_AT, term)
        .putInt(at + BATCH_START_AT, batchStart)
        .putInt(at + GROUP_AT, group)
        .putInt(at + LENGTH_AT, length)
        .put(at + KIND_AT, kind().code())
        .put(at + ENTRY_KIND_AT, entryKind)
        .putShort(at + ZERO_AT, (short) 0);
    buffer.putInt(at + CRC_AT, Checksums.of(buffer, at + PAYLOAD_CRC_AT, BYTES - 4, crc) ^ salt);
  }

  /**
   * Reads the header at that place; false if no intact one is there.
   *
   * @param offset the place in the segment
   * @param segmentBytes the segment's end
   */
  boolean read(ByteBuffer buffer, int at, int offset, long segmentBytes, int salt, CRC32C crc) {
    kind = RecordKind.ofCode(buffer.get(at + KIND_AT));
    if (kind == null || buffer.getShort(at + ZERO_AT) != 0) {
      return false;
    }
    batchStart = buffer.getInt(at + BATCH_START_AT);
    length = buffer.getInt(at + LENGTH_AT);
    if (batchStart < SegmentHeader.BYTES
        || batchStart > offset
        || length < 0
        || offset + sizeOf(length) > segmentBytes) {
      return false;
    }
    int found = buffer.getInt(at + CRC_AT);
    if (found != (Checksums.of(buffer, at + PAYLOAD_CRC_AT, BYTES - 4, crc) ^ salt)) {
      return false;
    }
    payloadCrc = buffer.getInt(at + PAYLOAD_CRC_AT);
    sequence = buffer.getLong(at + SEQUENCE_AT);
    groupSequence = buffer.getLong(at + GROUP_SEQUENCE_AT);
    index = buffer.getLong(at + INDEX_AT);
    term = buffer.getLong(at + TERM_AT);
    group = buffer.getInt(at + GROUP_AT);
    entryKind = buffer.get(at + ENTRY_KIND_AT);
    return sequence >= 0 && groupSequence >= 0 && index >= 0 && term >= 0 && group >= 0;
  }

  public int size() {
    return (int) sizeOf(length);
  }

  public int payloadCrc() {
    return payloadCrc;
  }

  /** Rises by one with every record of the node. */
  public long sequence() {
    return sequence;
  }

  /** Rises by one with every record of the group. */
  public long groupSequence() {
    return groupSequence;
  }

  public long index() {
    return index;
  }

  public long term() {
    return term;
  }

  /** Where in the segment the batch begins that this record was written and forced with. */
  public int batchStart() {
    return batchStart;
  }

  /** The group's number, or 0 for a record about the node. */
  public int group() {
    return group;
  }

  public int length() {
    return length;
  }

  public RecordKind kind() {
    return Objects.requireNonNull(kind);
  }

  public byte entryKind() {
    return entryKind;
  }
}
