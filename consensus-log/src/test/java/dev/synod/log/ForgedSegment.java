package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.format.Checksums;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.RecordKind;
import dev.synod.log.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A segment whose checksums are right, whatever its records say. */
final class ForgedSegment {

  private static final int BYTES_MAX = 1 << 20;

  private final SegmentHeader segment;
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
  private final CRC32C crc = new CRC32C();
  private long sequence;
  private long groupSequence;
  private int group = 1;

  /** The first segment there ever was: its numbers begin with 1. */
  static ForgedSegment first(StoreId store) {
    return new ForgedSegment(new SegmentHeader(store, 1), 0);
  }

  /** A later one; those before it were deleted, with that many records of the one group in them. */
  static ForgedSegment later(StoreId store, int number, long recordsBefore) {
    return new ForgedSegment(new SegmentHeader(store, number), recordsBefore);
  }

  private ForgedSegment(SegmentHeader segment, long recordsBefore) {
    this.segment = segment;
    this.sequence = recordsBefore;
    this.groupSequence = recordsBefore;
    bytes.put(segment.encode());
  }

  /** The records from here on are of the group with that number. */
  ForgedSegment group(int number) {
    group = number;
    groupSequence = 0;
    return this;
  }

  ForgedSegment opened(GroupId name) {
    return add(RecordKind.GROUP_OPENED, 0, 0, Bytes.utf8(name.name()));
  }

  ForgedSegment entry(long index) {
    return add(RecordKind.ENTRY, index, 1, Bytes.utf8("entry " + index));
  }

  ForgedSegment relocated(long index) {
    return add(RecordKind.RELOCATED, index, 1, Bytes.utf8("entry " + index));
  }

  ForgedSegment truncated(long from) {
    return add(RecordKind.TRUNCATED, from, 0, Bytes.EMPTY);
  }

  ForgedSegment compacted(long index) {
    return add(RecordKind.COMPACTED, index, 1, Bytes.EMPTY);
  }

  ForgedSegment reset(long index) {
    return add(RecordKind.RESET, index, 1, Bytes.EMPTY);
  }

  private ForgedSegment add(RecordKind kind, long index, long term, Bytes payload) {
    boolean isEntry = kind == RecordKind.ENTRY || kind == RecordKind.RELOCATED;
    byte entryKind = isEntry ? EntryKind.COMMAND.code() : 0;
    int at = bytes.position();
    var content = ByteBuffer.wrap(payload.toArray());
    new RecordHeader()
        .set(kind, entryKind, group, index, term)
        .place(++sequence, ++groupSequence, at)
        .payload(payload.length(), Checksums.of(content, 0, payload.length(), crc))
        .writeTo(bytes, at, segment.salt(), crc);
    bytes.put(at + RecordHeader.BYTES, content, 0, payload.length());
    bytes.position(at + (int) RecordHeader.sizeOf(payload.length()));
    return this;
  }

  /** Replaces all segments on that disk by this one. */
  void replaceAllOn(Disk disk) throws IOException {
    for (String file : disk.list(SegmentFiles.FOLDER)) {
      disk.delete(SegmentFiles.FOLDER + "/" + file);
    }
    try (DiskFile file = disk.open(SegmentFiles.name(segment.number()))) {
      file.write(new ByteBuffer[] {bytes.duplicate().flip()}, 1, 0);
    }
  }

  /** How long it is. */
  long size() {
    return bytes.position();
  }
}
