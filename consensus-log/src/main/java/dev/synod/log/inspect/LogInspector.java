package dev.synod.log.inspect;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.LogReport;
import dev.synod.log.SegmentFiles;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.disk.RealDisk;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.SegmentHeader;
import dev.synod.log.format.SegmentScanner;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.log.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code synod log inspect DIR} and {@code synod log verify DIR} print. Takes the directory's
 * lock, so that no node uses it meanwhile, and changes nothing.
 */
public final class LogInspector {

  /** All is well. */
  public static final int INTACT = 0;

  /** Something is damaged. */
  public static final int DAMAGED = 1;

  /** There is no log, or it is in use, or it can't be read at all. */
  public static final int UNREADABLE = 2;

  private final Disk disk;
  private final Appendable out;

  private LogInspector(Disk disk, Appendable out) {
    this.disk = disk;
    this.out = out;
  }

  /**
   * Prints segments, groups and damage; every record too if asked.
   *
   * @return {@link #INTACT}, {@link #DAMAGED} or {@link #UNREADABLE}, for the process to exit with
   */
  public static int inspect(Path directory, Appendable out, boolean verbose) throws IOException {
    return locked(
        directory,
        out,
        inspector -> {
          LogReport report = LogReport.of(inspector.disk);
          inspector.printSegments(report);
          inspector.printGroups(report);
          if (verbose) {
            inspector.printRecords(report);
          }
          return inspector.printDamage(report);
        });
  }

  /**
   * Checks every checksum, those of the snapshots too, and prints only what is wrong; see {@link
   * #inspect}.
   */
  public static int verify(Path directory, Appendable out) throws IOException {
    return locked(
        directory,
        out,
        inspector -> {
          LogReport report = LogReport.of(inspector.disk);
          int log = inspector.printDamage(report);
          int snapshots = INTACT;
          for (LogReport.GroupReport group : report.groups()) {
            snapshots = Math.max(snapshots, inspector.verifySnapshots(group));
          }
          return Math.max(log, snapshots);
        });
  }

  /**
   * What the directory holds, for programs; it is locked while it is read.
   *
   * @throws LogException if there is no log, or it is in use, or can't be read at all
   */
  public static Holding holding(Path directory) throws IOException {
    var found = new ArrayList<Holding>();
    var refusal = new StringBuilder();
    int result =
        locked(
            directory,
            refusal,
            inspector -> {
              found.add(inspector.holding(LogReport.of(inspector.disk)));
              return INTACT;
            });
    if (found.isEmpty()) {
      var kind = result == DAMAGED ? LogFailure.Kind.CORRUPT : LogFailure.Kind.FOREIGN;
      throw new LogException(kind, refusal.toString().strip());
    }
    return found.get(0);
  }

  /**
   * All that is in a directory.
   *
   * @param snapshots of each group, the newest first
   * @param problems of snapshots, by file
   */
  public record Holding(
      LogReport log, Map<GroupId, List<Snapshot>> snapshots, List<LogFailure> problems) {

    /** Whether nothing at all is damaged. */
    public boolean isIntact() {
      return log.isIntact() && problems.isEmpty();
    }
  }

  private Holding holding(LogReport report) {
    var all = new TreeMap<GroupId, List<Snapshot>>();
    var problems = new ArrayList<LogFailure>();
    for (LogReport.GroupReport group : report.groups()) {
      var snapshots = snapshots(group.id());
      all.put(group.id(), snapshots.list());
      snapshots.list().forEach(one -> snapshots.verify(one).ifPresent(problems::add));
    }
    return new Holding(report, all, problems);
  }

  private interface Inspection {
    int run(LogInspector inspector) throws IOException;
  }

  private static int locked(Path directory, Appendable out, Inspection inspection)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      out.append(directory + " is no directory\n");
      return UNREADABLE;
    }
    Disk disk = RealDisk.at(directory);
    AutoCloseable lock;
    try {
      lock = disk.lock();
    } catch (IOException e) {
      out.append(directory + " is in use: " + e.getMessage() + "\n");
      return UNREADABLE;
    }
    try {
      return inspection.run(new LogInspector(disk, out));
    } catch (LogException e) {
      out.append(e.getMessage() + "\n");
      return e.failure().kind() == LogFailure.Kind.CORRUPT ? DAMAGED : UNREADABLE;
    } finally {
      unlock(lock);
    }
  }

  private static void unlock(AutoCloseable lock) throws IOException {
    try {
      lock.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private void printSegments(LogReport report) throws IOException {
    print("store %s, format version %d%n", report.store(), SegmentHeader.FORMAT_VERSION);
    print("%n%-24s %12s %12s %9s %12s  %s%n", "segment", "size", "used", "records", "live", "end");
    for (LogReport.SegmentReport segment : report.segments()) {
      print(
          "%-24s %12d %12d %9d %12d  %s%n",
          SegmentFiles.name(segment.number()),
          segment.size(),
          segment.end(),
          segment.records(),
          segment.liveBytes(),
          segment.ending());
    }
  }

  private void printGroups(LogReport report) throws IOException {
    print("%n%-32s %6s %16s %16s  %s%n", "group", "number", "base", "last", "state");
    for (LogReport.GroupReport group : report.groups()) {
      print(
          "%-32s %6d %16s %16s  %s%n",
          group.id(), group.number(), group.base(), group.last(), stateOf(report, group));
      for (Entry entry : group.configurations()) {
        print("  members from %d on: %s%n", entry.index(), members(entry.payload()));
      }
      for (Snapshot snapshot : snapshots(group.id()).list()) {
        print(
            "  snapshot %s, %d bytes, %s%n", snapshot.position(), snapshot.size(), snapshot.file());
      }
    }
  }

  /** What a person wants to know of a configuration. */
  static String members(Bytes payload) {
    try {
      var configuration = Configuration.decode(payload);
      return "configuration %d, %s%s"
          .formatted(
              configuration.version(),
              configuration.membership(),
              configuration.isChanging() ? ", changing" : "");
    } catch (IllegalArgumentException e) {
      return "unreadable: " + e.getMessage();
    }
  }

  private static String stateOf(LogReport report, LogReport.GroupReport group) {
    if (report.damaged().containsKey(group.id())) {
      return "DAMAGED";
    }
    return group.hardState().isPresent() ? "ok" : "ok, nothing saved";
  }

  private void printRecords(LogReport report) throws IOException {
    for (LogReport.SegmentReport segment : report.segments()) {
      print("%n%s%n", SegmentFiles.name(segment.number()));
      scan(report.store(), segment);
    }
  }

  private void scan(StoreId store, LogReport.SegmentReport segment) throws IOException {
    int salt = new SegmentHeader(store, segment.number()).salt();
    var printer = new RecordPrinter(out);
    try (DiskFile file = disk.open(SegmentFiles.name(segment.number()))) {
      var buffer = SegmentScanner.newBuffer((int) segment.size());
      new SegmentScanner(file, salt, true, buffer).scan(printer);
    }
    printer.rethrow();
  }

  private int printDamage(LogReport report) throws IOException {
    for (String note : report.notes()) {
      print("note: %s%n", note);
    }
    for (LogFailure failure : report.damaged().values()) {
      print("DAMAGED: %s%n", failure.message());
    }
    Optional<LogFailure> unknown = report.unknownLoss();
    if (unknown.isPresent()) {
      print("DAMAGED: %s%n", unknown.get().message());
    }
    return report.isIntact() ? INTACT : DAMAGED;
  }

  /**
   * The newest snapshot must cover what is compacted; an older one may be damaged, but a person
   * wants to know.
   */
  private int verifySnapshots(LogReport.GroupReport group) throws IOException {
    int result = INTACT;
    for (Snapshot snapshot : snapshots(group.id()).list()) {
      Optional<LogFailure> problem = snapshots(group.id()).verify(snapshot);
      if (problem.isPresent()) {
        print("DAMAGED: %s%n", problem.get().message());
        result = DAMAGED;
      }
    }
    return result;
  }

  private FileSnapshots snapshots(GroupId id) {
    return new FileSnapshots(disk, id, Integer.MAX_VALUE);
  }

  private void print(String format, Object... values) throws IOException {
    out.append(String.format(Locale.ROOT, format, values));
  }

  /** Prints one line a record. */
  private static final class RecordPrinter implements SegmentScanner.Visitor {

    private final Appendable out;
    private Optional<IOException> failure = Optional.empty();

    RecordPrinter(Appendable out) {
      this.out = out;
    }

    @Override
    public void record(RecordHeader header, int offset, SegmentScanner.Payload payload) {
      line(offset, describe(header));
    }

    @Override
    public void damagedPayload(RecordHeader header, int offset) {
      line(offset, describe(header) + " DAMAGED payload");
    }

    @Override
    public void unreadable(int from, int to) {
      line(from, "DAMAGED up to " + to);
    }

    void rethrow() throws IOException {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }

    private static String describe(RecordHeader header) {
      return String.format(
          Locale.ROOT,
          "%-13s #%d group %d #%d index %d term %d, %d bytes",
          header.kind(),
          header.sequence(),
          header.group(),
          header.groupSequence(),
          header.index(),
          header.term(),
          header.length());
    }

    private void line(int offset, String text) {
      try {
        out.append(String.format(Locale.ROOT, "%10d %s%n", offset, text));
      } catch (IOException e) {
        failure = Optional.of(e);
      }
    }
  }
}
