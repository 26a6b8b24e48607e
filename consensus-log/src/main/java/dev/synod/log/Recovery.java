package dev.synod.log;

import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.SegmentHeader;
import dev.synod.log.format.SegmentScanner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads all segments, oldest first, cuts a torn tail, and finds out which groups were hit by
 * damage.
 *
 * <p>A recovered segment is never written again: it is cut where its intact records end, and the
 * log goes on in a new one. So nothing that a crash left behind the end can ever be taken for a
 * record.
 */
final class Recovery {

  private final boolean repairs;
  private final Disk disk;
  private final StoreId store;
  private final SegmentFiles files;
  private final Losses losses;
  private final List<LogReport.SegmentReport> scanned = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int nextSegment = 1;
  private final ByteBuffer buffer;

  /**
   * @param repairs whether what a crash has torn is cut; else nothing is changed
   */
  Recovery(Disk disk, StoreId store, int segmentBytes, boolean repairs) {
    this.repairs = repairs;
    this.disk = disk;
    this.store = store;
    this.files = new SegmentFiles(disk);
    this.losses = new Losses(this::describe);
    this.buffer = SegmentScanner.newBuffer(segmentBytes);
  }

  /** Each segment as it was found. */
  List<LogReport.SegmentReport> scanned() {
    return scanned;
  }

  /** Reads everything; repairs only what a crash has torn. */
  Recovered run() throws IOException {
    if (repairs) {
      files.deleteUnfinished();
    }
    List<Segment> found = new ArrayList<>();
    for (int number : files.numbers()) {
      found.add(open(number));
      nextSegment = number + 1;
    }
    List<Segment> trailing = trailingWithoutRecords(found);
    var replay = new Replay(losses, !found.isEmpty() && found.get(0).number() == 1);
    for (int i = 0; i < found.size(); i++) {
      replay.enter(found.get(i));
      scan(replay, found.get(i), i < found.size() - 1);
    }
    for (Segment segment : trailing) {
      dropUnlessDamaged(replay, segment);
    }
    return judged(replay);
  }

  private Segment open(int number) throws IOException {
    if (number > RecordHeader.SMALL_NUMBER_MAX) {
      throw new LogException(
          LogFailure.Kind.FOREIGN,
          describe(number) + ": no log has so many segments; take the file out of the directory");
    }
    DiskFile file = disk.open(SegmentFiles.name(number));
    var segment = new Segment(store, number);
    segment.ready(file);
    ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
    file.read(bytes, 0);
    try {
      SegmentHeader header = SegmentHeader.decode(bytes.flip(), describe(number));
      if (!header.equals(new SegmentHeader(store, number))) {
        throw new LogException(
            LogFailure.Kind.FOREIGN,
            describe(number)
                + " is segment "
                + header.number()
                + " of store "
                + header.store()
                + ", not of "
                + store
                + ": files of two directories were mixed; put each back where it belongs");
      }
    } catch (LogException e) {
      if (e.failure().kind() != LogFailure.Kind.CORRUPT) {
        throw e;
      }
      // The name tells the number, and the identity file the store: the records can be read.
      notes.add(e.getMessage());
    }
    return segment;
  }

  /**
   * Takes the segments behind the last one with a record off the list: prepared, or torn in their
   * first batch.
   */
  private List<Segment> trailingWithoutRecords(List<Segment> found) throws IOException {
    List<Segment> trailing = new ArrayList<>();
    while (!found.isEmpty()) {
      Segment last = found.get(found.size() - 1);
      if (scanner(last, false).hasRecords()) {
        break;
      }
      trailing.add(0, found.remove(found.size() - 1));
    }
    return trailing;
  }

  private void scan(Replay replay, Segment segment, boolean laterWritten) throws IOException {
    long before = replay.sequence();
    SegmentScanner.Result result = scanner(segment, laterWritten).scan(replay);
    report(segment, result, replay.sequence() - before);
    if (laterWritten) {
      if (result.ending() != SegmentScanner.Ending.CLEAN) {
        losses.unreadable(segment.number(), result.end(), replay.sequence(), true);
      }
      return;
    }
    if (result.ending() == SegmentScanner.Ending.DAMAGED) {
      losses.atTheEnd(segment.number(), result.end(), replay.sequence());
    } else if (repairs) {
      cut(segment, result);
    }
  }

  /**
   * Cuts the tail off, and writes the last batch once more: it may be in the operating system's
   * memory only, since the process died before its force, or its force failed; what is served must
   * be on disk.
   */
  private void cut(Segment segment, SegmentScanner.Result result) throws IOException {
    DiskFile file = segment.file();
    ByteBuffer last = ByteBuffer.allocate(result.end() - result.batchStart());
    file.read(last, result.batchStart());
    file.write(new ByteBuffer[] {last.flip()}, 1, result.batchStart());
    file.truncate(result.end());
    file.force();
  }

  private void dropUnlessDamaged(Replay replay, Segment segment) throws IOException {
    SegmentScanner.Result result = scanner(segment, false).scan(replay);
    report(segment, result, 0);
    if (result.ending() == SegmentScanner.Ending.DAMAGED) {
      replay.enter(segment);
      losses.atTheEnd(segment.number(), result.end(), replay.sequence());
    } else if (repairs) {
      segment.file().close();
      files.delete(segment.number());
    }
  }

  private void report(Segment segment, SegmentScanner.Result result, long records)
      throws IOException {
    scanned.add(
        new LogReport.SegmentReport(
            segment.number(),
            segment.file().size(),
            result.end(),
            records,
            segment.liveBytes(),
            result.ending().toString().toLowerCase(java.util.Locale.ROOT)));
  }

  private SegmentScanner scanner(Segment segment, boolean laterWritten) throws IOException {
    return new SegmentScanner(segment.file(), segment.salt(), laterWritten, buffer);
  }

  private Recovered judged(Replay replay) {
    Map<Integer, GroupState> states = new HashMap<>();
    Map<GroupId, LogFailure> damaged = new HashMap<>();
    List<String> nameless = new ArrayList<>();
    for (ReplayedGroup group : replay.groups().values()) {
      states.put(group.state().number(), group.state());
      String problem = group.problem().orElse(isSuspect(group) ? "it may have lost records" : "");
      GroupId id = group.state().id();
      if (problem.isEmpty()) {
        group.damage().forEach(place -> notes.add(place + ": damaged, but no longer needed"));
      } else if (id == null) {
        nameless.add(places(group) + ": " + problem);
      } else {
        damaged.put(id, corrupt("group " + id, problem, group));
      }
    }
    LogFailure unknown =
        nameless.isEmpty() && losses.isAccountedFor() ? null : unknownLoss(nameless);
    if (losses.any() && damaged.isEmpty() && unknown == null) {
      notes.add("damaged, but no record is missing: " + losses.describe());
    }
    return new Recovered(
        replay.segments(), states, replay.sequence(), nextSegment, damaged, unknown, notes);
  }

  private boolean isSuspect(ReplayedGroup group) {
    return !losses.isAccountedFor()
        && (group.isUnproven() || group.lastNodeSequence() <= losses.lastSequenceBefore());
  }

  private LogFailure corrupt(String who, String problem, ReplayedGroup group) {
    return new LogFailure(
        LogFailure.Kind.CORRUPT,
        who
            + " can't be served: "
            + problem
            + "; damaged: "
            + places(group)
            + ". Keep a copy of the directory; then replace this replica by a membership change and"
            + " remove the group here, or restore the directory from a copy");
  }

  private String places(ReplayedGroup group) {
    List<String> places = new ArrayList<>();
    group.damage().forEach(places::add);
    if (losses.any()) {
      places.add(losses.describe());
    }
    return places.isEmpty() ? disk.describe() : String.join("; ", places);
  }

  private LogFailure unknownLoss(List<String> nameless) {
    List<String> places = new ArrayList<>(nameless);
    if (losses.any()) {
      places.add(losses.describe());
    }
    return new LogFailure(
        LogFailure.Kind.CORRUPT,
        "records of unknown groups are lost; damaged: "
            + String.join("; ", places)
            + ". No group may be founded here, since a forgotten one could vote twice: keep a copy"
            + " of the directory, and replace this node by one with an empty directory");
  }

  private String describe(int segment) {
    return disk.describe() + "/" + SegmentFiles.name(segment);
  }
}
