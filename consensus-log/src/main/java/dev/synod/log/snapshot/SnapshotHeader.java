package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.format.SegmentHeader;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands before a snapshot's body.
 *
 * @param position the last entry that the snapshot covers
 * @param metadata the protocol's own (the configuration at that position, for one)
 */
record SnapshotHeader(GroupId group, LogPosition position, Bytes metadata) {

  /** The fixed part: magic, version, lengths, position. */
  static final int FIXED_BYTES = 40;

  /** What stands behind the body: its length and checksum. */
  static final int TRAILER_BYTES = 16;

  private static final int CRC_BYTES = 4;
  private static final long MAGIC = 0x53594E4F44534E50L; // "SYNODSNP"

  int length() {
    return FIXED_BYTES + group.name().length() + metadata.length() + CRC_BYTES;
  }

  ByteBuffer encode() {
    Bytes name = Bytes.utf8(group.name());
    ByteBuffer bytes = ByteBuffer.allocate(length());
    bytes.putLong(MAGIC).putInt(SegmentHeader.FORMAT_VERSION);
    bytes.putInt(name.length()).putInt(metadata.length()).putInt(0);
    bytes.putLong(position.index()).putLong(position.term().number());
    name.writeTo(bytes);
    metadata.writeTo(bytes);
    bytes.putInt(crc(bytes, bytes.position()));
    return bytes.flip();
  }

  /**
   * The length of the whole header that begins with these fixed bytes, or empty if they are none.
   */
  static Optional<Integer> length(ByteBuffer fixed) {
    if (fixed.remaining() < FIXED_BYTES
        || fixed.getLong(0) != MAGIC
        || fixed.getInt(8) != SegmentHeader.FORMAT_VERSION) {
      return Optional.empty();
    }
    long length = FIXED_BYTES + (long) fixed.getInt(12) + fixed.getInt(16) + CRC_BYTES;
    boolean isPlausible =
        fixed.getInt(12) > 0
            && fixed.getInt(12) <= GroupId.LENGTH_MAX
            && fixed.getInt(16) >= 0
            && length <= Integer.MAX_VALUE;
    return isPlausible ? Optional.of((int) length) : Optional.empty();
  }

  /** The header in these bytes, or empty if it is damaged. */
  static Optional<SnapshotHeader> decode(ByteBuffer bytes) {
    int crcAt = bytes.limit() - CRC_BYTES;
    if (bytes.getInt(crcAt) != crc(bytes, crcAt)) {
      return Optional.empty();
    }
    long index = bytes.getLong(24);
    long term = bytes.getLong(32);
    String name = Bytes.copyFrom(bytes.position(FIXED_BYTES), bytes.getInt(12)).asUtf8();
    if (index < 0 || term < 0 || !GroupId.isName(name)) {
      return Optional.empty();
    }
    Bytes metadata = Bytes.copyFrom(bytes, bytes.getInt(16));
    var position = new LogPosition(index, new Term(term));
    return Optional.of(new SnapshotHeader(new GroupId(name), position, metadata));
  }

  private static int crc(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().limit(length).position(0));
    return (int) crc.getValue();
  }
}
