package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.log.format.Location;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.SegmentHeader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log, where every record gets its place: written by the groups' threads into the
 * open batch, taken from there by the writer.
 *
 * <p>Its monitor guards all of the log's state in memory (groups' indexes, segments, recent
 * entries). It is held for the copying of small records, never for I/O. Order of the records on
 * disk = order in which the monitor was held, which is why a relocated entry can't overtake the
 * truncation that removes it.
 */
final class Tail {

  /** What waits until all that was written before it is durable. */
  interface Deferred {
    void durable();

    void failed(LogFailure failure);
  }

  private record Waiting(long location, Deferred task) {}

  private static final int BUFFERS_KEPT = 4;

  private final LogSettings settings;
  private final Segments segments;
  private final IntFunction<Segment> newSegment;
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private final Deque<Batch> closed = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final RecordHeader header = new RecordHeader();
  private final CRC32C crc = new CRC32C();
  private @Nullable Batch open;
  private int buffersMade;
  private Segment current;
  private Segment spare;
  private Consumer<Segment> prepareSpare = segment -> {};
  private int offset = SegmentHeader.BYTES;
  private long sequence;
  private long durableTo;
  private final AtomicLong queuedBytes = new AtomicLong();
  private volatile @Nullable LogFailure failure;

  /**
   * @param current the segment to write to, empty
   * @param newSegment names the segment of that number, whose file isn't made yet
   * @param sequence of the last record found
   */
  Tail(
      LogSettings settings,
      Segments segments,
      Segment current,
      IntFunction<Segment> newSegment,
      long sequence) {
    this.settings = settings;
    this.segments = segments;
    this.newSegment = newSegment;
    this.current = current;
    this.sequence = sequence;
    this.durableTo = Location.of(current.number(), offset);
    segments.add(current);
    this.spare = newSegment.apply(current.number() + 1);
  }

  /**
   * Who has the files of segments made: told of this one, and of each one in time before it is
   * needed.
   */
  void onNewSpare(Consumer<Segment> prepare) {
    prepareSpare = prepare;
    prepare.accept(spare);
  }

  /** The header to fill before {@link #put}; there is one, since the monitor is held meanwhile. */
  RecordHeader header() {
    return header;
  }

  /**
   * Whether a payload of that length is copied; the checksum of any other is computed by the
   * caller.
   */
  boolean isCopied(int length) {
    return length <= settings.copiedBytesMax();
  }

  /** Writes a record with the header's kind, group, index and term; returns its location. */
  long put(@Nullable GroupState group, Bytes payload) {
    if (failure != null) {
      return Location.NOWHERE;
    }
    int recordSize = (int) RecordHeader.sizeOf(payload.length());
    if (offset + (long) recordSize > settings.segmentBytes()) {
      roll();
    }
    boolean copied = isCopied(payload.length());
    Batch batch = batchFor(recordSize, copied ? recordSize : recordSize - payload.length());
    long groupSequence = group == null ? 0 : group.nextSequence();
    if (copied) {
      header.payload(payload.length(), 0);
    }
    header.place(++sequence, groupSequence, batch.start());
    long location = Location.of(current.number(), offset);
    batch.put(header, payload, copied, crc);
    offset += recordSize;
    queuedBytes.addAndGet(recordSize);
    segments.live(location, payload.length());
    return location;
  }

  /** The batch that holds the last record put. */
  @Nullable Batch openBatch() {
    return open;
  }

  /** Where the next record goes: all before it is durable once {@link #isDurable} says so. */
  long end() {
    return Location.of(current.number(), offset);
  }

  boolean isDurable(long location) {
    return location < durableTo;
  }

  /** Runs the task once all that was put so far is durable; false if it is already. */
  boolean deferUntilDurable(Deferred task) {
    if (end() <= durableTo) {
      return false;
    }
    waiting.add(new Waiting(end(), task));
    return true;
  }

  boolean isEmpty() {
    return open == null && closed.isEmpty();
  }

  /** The batch to be written next; it stays queued. */
  @Nullable Batch peek() {
    return closed.isEmpty() ? open : closed.peek();
  }

  /** Takes the batch that {@link #peek} showed. */
  void take(Batch batch) {
    if (batch == open) {
      open = null;
    } else {
      closed.remove();
    }
  }

  /** The batch has been forced; returns what waited for it. */
  List<Deferred> written(Batch batch) {
    durableTo = batch.end();
    queuedBytes.addAndGet(-batch.size());
    if (batch.buffer().isDirect()) {
      buffers.push(batch.buffer().clear());
    }
    List<Deferred> due = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.element().location() <= durableTo) {
      due.add(waiting.remove().task());
    }
    return due;
  }

  /** Nothing is written any more; returns what waited in vain. */
  List<Deferred> fail(LogFailure why) {
    failure = why;
    closed.clear();
    open = null;
    List<Deferred> vain = waiting.stream().map(Waiting::task).toList();
    waiting.clear();
    return vain;
  }

  @Nullable LogFailure failure() {
    return failure;
  }

  long queuedBytes() {
    return queuedBytes.get();
  }

  Segment current() {
    return current;
  }

  Segment spare() {
    return spare;
  }

  private void roll() {
    if (open != null) {
      closeBatch(open);
    }
    current = spare;
    segments.add(current);
    offset = SegmentHeader.BYTES;
    spare = newSegment.apply(current.number() + 1);
    prepareSpare.accept(spare);
  }

  private Batch batchFor(int recordSize, int bufferedBytes) {
    if (open != null && !open.hasRoomFor(recordSize, bufferedBytes, settings)) {
      closeBatch(open);
    }
    if (open == null) {
      open = new Batch(current, offset, buffer());
    }
    return open;
  }

  private void closeBatch(Batch batch) {
    closed.add(batch);
    open = null;
  }

  /** A direct buffer, used again and again; under overload one of the heap, which is dropped. */
  private ByteBuffer buffer() {
    if (!buffers.isEmpty()) {
      return buffers.pop();
    }
    if (buffersMade < BUFFERS_KEPT) {
      buffersMade++;
      return ByteBuffer.allocateDirect(settings.batchBytesMax());
    }
    return ByteBuffer.allocate(settings.batchBytesMax());
  }
}
