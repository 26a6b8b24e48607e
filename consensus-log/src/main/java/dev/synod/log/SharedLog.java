package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * What all groups of a node share: the tail with its segments, the recent entries, and who writes
 * them.
 */
final class SharedLog {

  private final LogSettings settings;
  private final LogPorts ports;
  private final StoreId store;
  private final SegmentFiles files;
  private final Segments segments;
  private final RecentEntries recent;
  private final Tail tail;
  private final LogWriter writer;
  private final Reclaimer reclaimer;
  private final Map<Integer, GroupState> states;
  private final Collection<NodeGroupLog> groups =
      new ConcurrentSkipListSet<>(Comparator.comparingInt(group -> group.state().number()));

  /**
   * @param recovered the segments found, with what is live in them
   * @param current the segment to go on with: new and ready
   */
  SharedLog(
      LogSettings settings, LogPorts ports, StoreId store, Recovered recovered, Segment current) {
    this.settings = settings;
    this.ports = ports;
    this.store = store;
    this.files = new SegmentFiles(ports.disk());
    this.segments = recovered.segments();
    this.states = recovered.states();
    this.recent = new RecentEntries(settings.cacheBytesMax());
    this.tail =
        new Tail(
            settings,
            segments,
            current,
            number -> new Segment(store, number),
            recovered.sequence());
    this.reclaimer = new Reclaimer(this);
    this.writer =
        new LogWriter(
            tail, ports, settings.yieldsMax(), reclaimer, this::makeFile, this::tellGroups);
    tail.onNewSpare(this::prepare);
  }

  LogSettings settings() {
    return settings;
  }

  LogPorts ports() {
    return ports;
  }

  SegmentFiles files() {
    return files;
  }

  Segments segments() {
    return segments;
  }

  RecentEntries recent() {
    return recent;
  }

  Tail tail() {
    return tail;
  }

  LogWriter writer() {
    return writer;
  }

  Reclaimer reclaimer() {
    return reclaimer;
  }

  Collection<NodeGroupLog> groups() {
    return groups;
  }

  /** The group of that number, under the tail's monitor. */
  @Nullable GroupState group(int number) {
    return states.get(number);
  }

  Map<Integer, GroupState> states() {
    return states;
  }

  boolean isBusy() {
    return tail.queuedBytes() > settings.queuedBytesMax();
  }

  void kick() {
    writer.kick();
  }

  int entryBytesMax() {
    return settings.entryBytesMax();
  }

  void checkLength(Bytes payload) {
    if (payload.length() > settings.entryBytesMax()) {
      throw new IllegalArgumentException(
          "a payload of "
              + payload.length()
              + " bytes exceeds synod.log.entry-bytes-max ("
              + settings.entryBytesMax()
              + ")");
    }
  }

  /**
   * Runs the task on the reader once all that was written so far is durable; never after a failure.
   */
  void whenDurable(Runnable task) {
    var deferred =
        new Tail.Deferred() {
          @Override
          public void durable() {
            ports.reader().execute(task);
          }

          @Override
          public void failed(LogFailure failure) {
            // Nothing more becomes durable, so the task's time never comes.
          }
        };
    boolean waits;
    synchronized (tail) {
      waits = tail.deferUntilDurable(deferred);
    }
    if (!waits && tail.failure() == null) {
      deferred.durable();
    }
  }

  void read(EntryReader reader) {
    ports.reader().execute(reader);
  }

  /** The name of a segment's file, for messages to people. */
  String describe(int segment) {
    return ports.disk().describe() + "/" + SegmentFiles.name(segment);
  }

  void closeFiles() throws IOException {
    synchronized (files) {
      synchronized (tail) {
        List<Segment> all = new ArrayList<>(segments.all());
        all.add(tail.spare());
        for (Segment segment : all) {
          if (segment.isReady()) {
            segment.file().close();
          }
        }
      }
    }
  }

  /** Has the segment's file made in the background. Under the tail's monitor. */
  private void prepare(Segment segment) {
    writer.inBackground(() -> makeFile(segment));
  }

  private void makeFile(Segment segment) {
    synchronized (files) {
      synchronized (tail) {
        if (segment.isReady() || tail.failure() != null) {
          return;
        }
      }
      makeMissingFile(segment);
    }
    kick();
  }

  private void makeMissingFile(Segment segment) {
    LogFailure failure = null;
    DiskFile file = null;
    try {
      file = files.create(store, segment.number(), settings.segmentBytes());
      ports.observer().segmentPrepared(segment.number());
    } catch (IOException e) {
      failure = LogFailure.of("making " + describe(segment.number()), e);
    }
    synchronized (tail) {
      if (file != null) {
        segment.ready(file);
      } else if (failure != null) {
        segment.failed(failure);
      }
    }
  }

  private void tellGroups(LogFailure failure) {
    groups.forEach(group -> group.failed(failure));
  }
}
