package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.log.format.Checksums;
import dev.synod.log.format.Location;
import dev.synod.log.format.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records that are written by one write and made durable by one force: what was queued while the
 * force before was running. Small payloads are copied behind their headers into one buffer; large
 * ones are written from where they are.
 */
final class Batch {

  private static final byte[] PADDING = new byte[RecordHeader.ALIGNMENT];

  private final Segment segment;
  private final int start;
  private final ByteBuffer buffer;
  private final List<Mark> marks = new ArrayList<>();
  private ByteBuffer[] parts = new ByteBuffer[2];
  private int partCount;
  private int sliceStart;
  private int size;
  private int records;

  /** A group's last write in the batch, which the group is told of. */
  static final class Mark {
    private final Batch batch;
    private final NodeGroupLog group;
    private long ticket;

    private Mark(Batch batch, NodeGroupLog group) {
      this.batch = batch;
      this.group = group;
    }

    void report() {
      group.durable(ticket);
    }
  }

  Batch(Segment segment, int start, ByteBuffer buffer) {
    this.segment = segment;
    this.start = start;
    this.buffer = buffer;
  }

  boolean hasRoomFor(int recordSize, int bufferedBytes, LogSettings settings) {
    return records < settings.batchRecordsMax()
        && size + (long) recordSize <= settings.batchBytesMax()
        && bufferedBytes <= buffer.remaining();
  }

  /** Adds a record; a payload that isn't copied has its checksum in the header already. */
  void put(RecordHeader header, Bytes payload, boolean copied, CRC32C crc) {
    int at = buffer.position();
    buffer.position(at + RecordHeader.BYTES);
    int padding = header.size() - RecordHeader.BYTES - header.length();
    if (copied) {
      payload.writeTo(buffer);
      int payloadAt = at + RecordHeader.BYTES;
      header.payload(payload.length(), Checksums.of(buffer, payloadAt, payload.length(), crc));
    } else {
      closeSlice();
      addPart(payload.asBuffer());
    }
    buffer.put(PADDING, 0, padding);
    header.writeTo(buffer, at, segment.salt(), crc);
    size += header.size();
    records++;
  }

  /** Notes what to report to that group once the batch is durable. */
  Mark mark(NodeGroupLog group, @Nullable Mark last, long ticket) {
    Mark mark = last;
    if (mark == null || mark.batch != this) {
      mark = new Mark(this, group);
      marks.add(mark);
    }
    mark.ticket = ticket;
    return mark;
  }

  /** Ends the batch: its buffers, in the order of the file. */
  ByteBuffer[] seal() {
    if (sliceStart < buffer.position()) {
      closeSlice();
    }
    return parts;
  }

  int partCount() {
    return partCount;
  }

  Segment segment() {
    return segment;
  }

  int start() {
    return start;
  }

  int size() {
    return size;
  }

  int records() {
    return records;
  }

  /** The first location behind the batch. */
  long end() {
    return Location.of(segment.number(), start + size);
  }

  List<Mark> marks() {
    return marks;
  }

  ByteBuffer buffer() {
    return buffer;
  }

  private void closeSlice() {
    ByteBuffer slice = buffer.duplicate();
    slice.limit(buffer.position()).position(sliceStart);
    addPart(slice);
    sliceStart = buffer.position();
  }

  private void addPart(ByteBuffer part) {
    if (partCount == parts.length) {
      parts = Arrays.copyOf(parts, 2 * partCount);
    }
    parts[partCount++] = part;
  }
}
