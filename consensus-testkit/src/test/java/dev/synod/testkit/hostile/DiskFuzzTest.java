package dev.synod.testkit.hostile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.Identity;
import dev.synod.log.LogPorts;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.SegmentFiles;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.testkit.engine.Draw;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/**
 * The checksums of hostile files are made right first: what is behind them must hold, too. Good
 * files are kept as seeds, and not made here: Jazzer's agent can't instrument records that are
 * loaded before it.
 */
@DisplayName("Hostile bytes in the files of the log are refused in words")
class DiskFuzzTest {

  private static final GroupId GROUP = new GroupId("g");
  private static final String SEGMENT_FILE = SegmentFiles.name(1);
  private static final LogPosition POSITION = new LogPosition(3, new Term(2));
  private static final String SNAPSHOT_FILE_NAME =
      FileSnapshots.FOLDER + "/g/0000000000000003-0000000000000002.snap";

  /** One segment holds all, and hostile bytes of the usual length fill it. */
  private static final LogSettings SMALL =
      new LogSettings(4096, 2048, 1024, 16, 0, 256, 8192, 4096, 1024, 50, 1, 1024, 2);

  private static final MemoryDisk GOOD = good();

  static final Decoder SEGMENT = inWordsOfTheLog(DiskFuzzTest::opened);
  static final Decoder SNAPSHOT_FILE = DiskFuzzTest::openSnapshot;
  static final Decoder IDENTITY =
      inWordsOfTheLog(bytes -> new Identity(with(Identity.FILE, Repaired.identity(bytes))).read());

  private static MemoryDisk good() {
    var disk = new MemoryDisk(new Draw(1));
    try (var log = open(disk)) {
      var group = log.group(GROUP);
      group.describe(Bytes.utf8("founded"));
      group.save(Bytes.utf8("term 1"));
      List<Entry> entries = new ArrayList<>();
      for (int index = 1; index <= 5; index++) {
        entries.add(
            new Entry(index, new Term(2), EntryKind.COMMAND, Bytes.utf8("command " + index)));
      }
      group.append(entries);
      group.truncateFrom(5);
      group.compactTo(new LogPosition(1, new Term(2)));
      log.group(new GroupId("other")).append(entries);
      try (var writer = log.snapshots(GROUP).begin(POSITION, Bytes.utf8("members"))) {
        writer.append(Bytes.utf8("the state"));
        writer.commit();
      }
    }
    return disk;
  }

  private static NodeLog open(Disk disk) {
    return NodeLog.open(SMALL, LogPorts.of(disk, Runnable::run, Runnable::run, new Draw(2)));
  }

  private static Decoder inWordsOfTheLog(Decoder decoder) {
    return bytes -> {
      try {
        return decoder.decode(bytes);
      } catch (IllegalArgumentException e) {
        throw new AssertionError("a log is refused by a LogException that says which file", e);
      }
    };
  }

  private static Object opened(byte[] bytes) throws IOException {
    try (var log = open(with(SEGMENT_FILE, Repaired.segment(bytes)))) {
      if (!log.damagedGroups().isEmpty()) {
        throw new IOException(log.damagedGroups().toString());
      }
      List<Object> found = new ArrayList<>();
      for (GroupId id : log.groups()) {
        GroupLog group = log.group(id);
        found.add(group.saved());
        group.read(group.base().index() + 1, group.last().index(), found::add);
      }
      return found;
    }
  }

  private static Object openSnapshot(byte[] bytes) throws IOException {
    var snapshots = new FileSnapshots(with(SNAPSHOT_FILE_NAME, Repaired.snapshot(bytes)), GROUP, 2);
    List<String> damage = new ArrayList<>();
    var newest = snapshots.newest(LogPosition.ZERO, failure -> damage.add(failure.message()));
    if (newest.isEmpty()) {
      throw new IOException(damage.toString());
    }
    try (var reader = snapshots.open(newest.get())) {
      return reader.read(0, (int) newest.get().size());
    }
  }

  private static MemoryDisk with(String name, byte[] bytes) throws IOException {
    var disk = GOOD.fork(new Draw(1));
    try (var file = disk.open(name)) {
      file.truncate(0);
      file.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 1, 0);
    }
    return disk;
  }

  private static byte[] contentOf(String name) throws IOException {
    try (var file = GOOD.open(name)) {
      var bytes = ByteBuffer.allocate((int) file.size());
      file.read(bytes, 0);
      return bytes.array();
    }
  }

  static Stream<byte[]> segments() throws IOException {
    return Stream.of(contentOf(SEGMENT_FILE));
  }

  static Stream<byte[]> snapshotFiles() throws IOException {
    return Stream.of(contentOf(SNAPSHOT_FILE_NAME));
  }

  static Stream<byte[]> identities() throws IOException {
    return Stream.of(contentOf(Identity.FILE));
  }

  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void segment(byte[] bytes) {
    SEGMENT.judge(bytes);
  }

  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void snapshotFile(byte[] bytes) {
    SNAPSHOT_FILE.judge(bytes);
  }

  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void identity(byte[] bytes) {
    IDENTITY.judge(bytes);
  }
}
