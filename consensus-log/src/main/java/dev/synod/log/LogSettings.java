package dev.synod.log;

import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.SegmentHeader;

/**
 * Every knob of a node's log, checked on construction: an instance that exists is valid.
 *
 * @param segmentBytes size of a segment file, in bytes: preallocated, so restarts and disk use go
 *     in steps of this
 * @param entryBytesMax largest payload of an entry, hard state or description, in bytes; for groups
 *     kept elsewhere, too
 * @param batchBytesMax how much is written and forced at once, in bytes: bounds how long a small
 *     write waits behind others
 * @param batchRecordsMax how many records are written and forced at once: bounds the reports after
 *     one force
 * @param yieldsMax how often the writer, having reported a batch to several groups, gives way to
 *     them before it takes the next batch, as long as that one is the smaller: fuller batches, at
 *     the price of some microseconds. A single group never waits. 0 in simulations
 * @param copiedBytesMax payloads up to this many bytes are copied behind their header; larger ones
 *     are written by gathering
 * @param queuedBytesMax above this many bytes not yet durable the log calls itself busy, and
 *     proposals should be rejected
 * @param cacheBytesMax payload bytes of entries kept in memory until they were delivered to all
 *     that keep up, over all groups
 * @param readBytes how much is read from disk at once, in bytes
 * @param relocatedLivePercentMax the oldest segment's live records are moved, so that it can be
 *     deleted, when at most this part of the disk space is live: half means that a byte is moved at
 *     most about once for each byte written
 * @param relocatedSegmentsMin full segments that may lie there before anything is moved: what a
 *     busy group wrote becomes void by itself, and is not worth moving
 * @param relocatedBytesPerPassMax how much is moved before other writes get their turn, in bytes
 * @param snapshotsKept how many durable snapshots of a group are kept, the newest ones
 */
public record LogSettings(
    int segmentBytes,
    int entryBytesMax,
    int batchBytesMax,
    int batchRecordsMax,
    int yieldsMax,
    int copiedBytesMax,
    long queuedBytesMax,
    long cacheBytesMax,
    int readBytes,
    int relocatedLivePercentMax,
    int relocatedSegmentsMin,
    int relocatedBytesPerPassMax,
    int snapshotsKept) {

  /** Segments are at most this large, so that an offset stays a positive int. */
  public static final int SEGMENT_BYTES_LIMIT = 1 << 30;

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  /** The values that reference.conf repeats. */
  public static final LogSettings STANDARD =
      new LogSettings(
          64 * MIB, 16 * MIB, MIB, 4096, 50, 16 * KIB, 64L * MIB, 64L * MIB, 256 * KIB, 50, 4, MIB,
          2);

  public LogSettings {
    atLeast("segment-bytes", segmentBytes, 4 * KIB);
    atMost("segment-bytes", segmentBytes, SEGMENT_BYTES_LIMIT);
    atLeast("entry-bytes-max", entryBytesMax, 1);
    require(
        SegmentHeader.BYTES + RecordHeader.sizeOf(entryBytesMax) <= segmentBytes,
        "entry-bytes-max (%d) and its header must fit into segment-bytes (%d)",
        entryBytesMax,
        segmentBytes);
    atLeast("yields-max", yieldsMax, 0);
    atMost("yields-max", yieldsMax, 1000);
    atLeast("copied-bytes-max", copiedBytesMax, 0);
    require(
        RecordHeader.sizeOf(copiedBytesMax) + RecordHeader.BYTES <= batchBytesMax,
        "batch-bytes-max (%d) must hold a copied payload and its header (copied-bytes-max %d)",
        batchBytesMax,
        copiedBytesMax);
    atMost("batch-bytes-max", batchBytesMax, SEGMENT_BYTES_LIMIT);
    atLeast("batch-records-max", batchRecordsMax, 1);
    atLeast("queued-bytes-max", queuedBytesMax, batchBytesMax);
    atLeast("cache-bytes-max", cacheBytesMax, 0);
    atLeast("read-bytes", readBytes, 512);
    atLeast("relocated-live-percent-max", relocatedLivePercentMax, 0);
    atMost("relocated-live-percent-max", relocatedLivePercentMax, 90);
    atLeast("relocated-segments-min", relocatedSegmentsMin, 1);
    atLeast("relocated-bytes-per-pass-max", relocatedBytesPerPassMax, 1);
    atLeast("snapshots-kept", snapshotsKept, 1);
  }

  private static void atLeast(String name, long value, long least) {
    require(value >= least, "%s (%d) must be at least %d", name, value, least);
  }

  private static void atMost(String name, long value, long most) {
    require(value <= most, "%s (%d) must be at most %d", name, value, most);
  }

  private static void require(boolean holds, String text, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(
          "synod.log: " + String.format(java.util.Locale.ROOT, text, values));
    }
  }
}
