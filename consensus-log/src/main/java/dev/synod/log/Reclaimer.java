package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Invariants;
import dev.synod.log.format.Location;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.RecordKind;
import dev.synod.log.format.SegmentHeader;
import dev.synod.log.format.SegmentScanner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Gives disk space back: deletes the oldest segment when no group needs it, and moves the last live
 * records out of it, so that an idle group can't pin it (low-water mark, with stragglers).
 *
 * <p>A moved record is put at the tail under the same monitor as every write, with the state of
 * that moment, so it can't bring back what was truncated before nor survive what is truncated
 * after. A segment is deleted only once everything put before the decision is durable: the moved
 * records, and whatever made the others void.
 */
final class Reclaimer {

  private final SharedLog shared;
  private final CRC32C crc = new CRC32C();
  private boolean active;
  private boolean stopped;
  private int cursorSegment;
  private int cursor;

  Reclaimer(SharedLog shared) {
    this.shared = shared;
  }

  /** Nothing is deleted while damage is unresolved. Under the tail's monitor. */
  void stop() {
    stopped = true;
  }

  void resume() {
    stopped = false;
  }

  /**
   * Looks whether there is something to do, and has it done in the background. Under the tail's
   * monitor.
   */
  void consider() {
    Segment oldest = shared.segments().oldest();
    if (active || stopped || oldest == shared.tail().current() || shared.tail().failure() != null) {
      return;
    }
    if (oldest.liveBytes() == 0) {
      active = true;
      deleteWhenDurable(oldest);
    } else if (isWorthMoving() && !shared.isBusy()) {
      active = true;
      shared.writer().inBackground(() -> move(oldest));
    }
  }

  private boolean isWorthMoving() {
    int full = shared.segments().count() - 1;
    long space = full * (long) shared.settings().segmentBytes();
    return full >= shared.settings().relocatedSegmentsMin()
        && shared.segments().liveBytes() * 100
            <= space * shared.settings().relocatedLivePercentMax();
  }

  private void deleteWhenDurable(Segment segment) {
    var deletion =
        new Tail.Deferred() {
          @Override
          public void durable() {
            shared.ports().reader().execute(() -> delete(segment));
          }

          @Override
          public void failed(LogFailure failure) {
            // The segment stays; the next start finds it void again.
          }
        };
    if (!shared.tail().deferUntilDurable(deletion)) {
      shared.writer().inBackground(() -> delete(segment));
    }
  }

  private void delete(Segment segment) {
    try {
      shared.files().delete(segment.number());
      synchronized (shared.tail()) {
        shared.segments().remove(segment);
      }
      segment.file().close();
      shared.ports().observer().segmentDeleted(segment.number());
      goOn(false);
    } catch (IOException e) {
      giveUp(LogFailure.of("deleting " + shared.describe(segment.number()), e));
    }
  }

  /** Moves what is live, up to the bound of one pass; first what is in memory. */
  private void move(Segment segment) {
    long moved = moveSlots(segment);
    if (moved > 0) {
      shared.ports().observer().relocated(moved);
      goOn(true);
    } else {
      moveEntries(segment);
    }
  }

  /**
   * Moves the records of which only the newest counts. A segment of busy groups holds no other live
   * ones, and need not be read.
   */
  private long moveSlots(Segment segment) {
    synchronized (shared.tail()) {
      long before = segment.liveBytes();
      if (shared.tail().failure() == null) {
        for (GroupState group : shared.states().values()) {
          moveSlot(group, group.opened(), RecordKind.GROUP_OPENED, segment);
          moveSlot(group, group.hardState(), RecordKind.HARD_STATE, segment);
          moveSlot(group, group.description(), RecordKind.DESCRIPTION, segment);
          moveBase(group, segment);
          if (before - segment.liveBytes() >= shared.settings().relocatedBytesPerPassMax()) {
            break;
          }
        }
      }
      return before - segment.liveBytes();
    }
  }

  private void moveEntries(Segment segment) {
    if (cursorSegment != segment.number()) {
      cursorSegment = segment.number();
      cursor = SegmentHeader.BYTES;
    }
    Pass pass;
    try {
      ByteBuffer buffer = SegmentScanner.newBuffer(shared.settings().segmentBytes());
      var scanner = new SegmentScanner(segment.file(), segment.salt(), true, buffer);
      pass = new Pass(segment, scanner);
      scanner.from(cursor).scan(pass);
    } catch (IOException e) {
      giveUp(LogFailure.of("moving live records of " + shared.describe(segment.number()), e));
      return;
    }
    if (pass.damagedAt >= 0) {
      giveUp(
          new LogFailure(
              LogFailure.Kind.CORRUPT,
              shared.describe(segment.number())
                  + ": damaged at offset "
                  + pass.damagedAt
                  + "; stop the node and run: synod log verify"));
      return;
    }
    if (pass.bytes == 0 && isStillNeeded(segment)) {
      giveUp(
          new LogFailure(
              LogFailure.Kind.CORRUPT,
              shared.describe(segment.number()) + ": live records are not found again"));
      return;
    }
    shared.ports().observer().relocated(pass.bytes);
    goOn(true);
  }

  private boolean isStillNeeded(Segment segment) {
    synchronized (shared.tail()) {
      return segment.liveBytes() > 0 && shared.tail().failure() == null;
    }
  }

  /**
   * @param moved whether records were put, whose batch will call {@link #consider}
   */
  private void goOn(boolean moved) {
    synchronized (shared.tail()) {
      active = false;
      if (!moved || shared.tail().isEmpty()) {
        consider();
      }
    }
    shared.kick();
  }

  private void giveUp(LogFailure failure) {
    synchronized (shared.tail()) {
      stopped = true;
      active = false;
      if (shared.tail().failure() != null) {
        return;
      }
    }
    shared.ports().observer().reclaimFailed(failure);
    shared.kick();
  }

  /** One bounded walk over the oldest segment. */
  private final class Pass implements SegmentScanner.Visitor {

    private final Segment segment;
    private final SegmentScanner scanner;
    private long bytes;
    private int damagedAt = -1;

    Pass(Segment segment, SegmentScanner scanner) {
      this.segment = segment;
      this.scanner = scanner;
    }

    @Override
    public void record(RecordHeader header, int offset, SegmentScanner.Payload payload) {
      cursor = offset + header.size();
      synchronized (shared.tail()) {
        if (shared.tail().failure() != null) {
          scanner.stop();
          return;
        }
        GroupState group = shared.group(header.group());
        if (group != null
            && isEntry(header.kind())
            && moveEntry(group, header, Location.of(segment.number(), offset), payload)) {
          bytes += header.size();
        }
      }
      if (bytes >= shared.settings().relocatedBytesPerPassMax()) {
        scanner.stop();
      }
    }

    @Override
    public void damagedPayload(RecordHeader header, int offset) {
      unreadable(offset, offset);
    }

    @Override
    public void unreadable(int from, int to) {
      damagedAt = from;
      scanner.stop();
    }
  }

  private static boolean isEntry(RecordKind kind) {
    return kind == RecordKind.ENTRY || kind == RecordKind.RELOCATED;
  }

  private boolean moveEntry(
      GroupState group, RecordHeader header, long location, SegmentScanner.Payload payload) {
    EntryIndex index = group.index();
    if (!index.holds(header.index()) || index.locationAt(header.index()) != location) {
      return false;
    }
    int length = header.length();
    shared
        .tail()
        .header()
        .set(
            RecordKind.RELOCATED, header.entryKind(), group.number(), header.index(), header.term())
        .payload(length, header.payloadCrc());
    long to = shared.tail().put(group, payload.copy());
    shared.segments().release(location, length);
    index.relocate(header.index(), to);
    return true;
  }

  private void moveSlot(GroupState group, GroupState.Slot slot, RecordKind kind, Segment segment) {
    Bytes value = slot.value();
    if (value == null || !isIn(segment, slot)) {
      return;
    }
    crc.reset();
    value.addTo(crc);
    shared
        .tail()
        .header()
        .set(kind, (byte) 0, group.number(), 0, 0)
        .payload(value.length(), (int) crc.getValue());
    slot.set(shared.tail().put(group, value), value, shared.segments());
  }

  /**
   * The group's base as it is now; nothing below it is in the index, so this changes nothing else.
   */
  private void moveBase(GroupState group, Segment segment) {
    if (!isIn(segment, group.base())) {
      return;
    }
    EntryIndex index = group.index();
    Invariants.check(index.baseIndex() > 0, "a base is recorded at %s", index.baseIndex());
    shared
        .tail()
        .header()
        .set(RecordKind.COMPACTED, (byte) 0, group.number(), index.baseIndex(), index.baseTerm());
    group.base().set(shared.tail().put(group, Bytes.EMPTY), null, shared.segments());
  }

  private static boolean isIn(Segment segment, GroupState.Slot slot) {
    return Location.segment(slot.location()) == segment.number();
  }
}
