package dev.synod.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The inspection of a closed log")
class LogInspectorTest {

  private static final LogSettings SETTINGS =
      new LogSettings(8192, 2048, 1024, 16, 0, 256, 8192, 4096, 1024, 50, 1, 1024, 2);

  @TempDir Path directory;

  private final StringBuilder out = new StringBuilder();

  @Test
  @DisplayName("tells segments, groups and, if asked, records, and changes nothing")
  void tellsWhatIsThere() throws IOException {
    write().close();
    byte[] before = Files.readAllBytes(segment());

    int result = LogInspector.inspect(directory, out, true);

    assertThat(result).isEqualTo(LogInspector.INTACT);
    assertThat(out)
        .contains("format version 1", "wal/0000000001.log", "counter", "2@t1")
        .contains("ENTRY", "GROUP_OPENED", "CLOSED");
    assertThat(Files.readAllBytes(segment())).isEqualTo(before);
  }

  @Test
  @DisplayName("finds damage, and says where it is and what to do")
  void findsDamage() throws IOException {
    write().close();
    byte[] bytes = Files.readAllBytes(segment());
    bytes[64 + 64 + 56 + 4] ^= 1;
    Files.write(segment(), bytes);

    int result = LogInspector.verify(directory, out);

    assertThat(result).isEqualTo(LogInspector.DAMAGED);
    assertThat(out).contains("DAMAGED", "counter", "0000000001.log, offset 128", "replace");
  }

  @Test
  @DisplayName("finds a damaged snapshot")
  void findsADamagedSnapshot() throws IOException {
    try (NodeLog log = write()) {
      var snapshots = log.snapshots(new GroupId("counter"));
      try (var writer = snapshots.begin(new LogPosition(2, new Term(1)), Bytes.EMPTY)) {
        writer.append(Bytes.utf8("the count is two"));
        writer.commit();
      }
    }
    assertThat(LogInspector.verify(directory, out)).isEqualTo(LogInspector.INTACT);
    Path snapshot = directory.resolve("snapshots/counter/0000000000000002-0000000000000001.snap");
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length - 20] ^= 1;
    Files.write(snapshot, bytes);

    assertThat(LogInspector.verify(directory, out)).isEqualTo(LogInspector.DAMAGED);
    assertThat(out).contains(".snap: the body (offset");
  }

  @Test
  @DisplayName("refuses a directory that is in use, that is no log, or that is none")
  void refusesWhatIsNoClosedLog() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    try (NodeLog log = write()) {
      assertThat(log.groups()).isNotEmpty();
      assertThat(LogInspector.verify(directory, out)).isEqualTo(LogInspector.UNREADABLE);
    }
    assertThat(LogInspector.inspect(empty, out, false)).isEqualTo(LogInspector.UNREADABLE);
    assertThat(LogInspector.inspect(empty.resolve("missing"), out, false))
        .isEqualTo(LogInspector.UNREADABLE);

    assertThat(out).contains("is in use", "holds no log", "is no directory");
  }

  private Path segment() {
    return directory.resolve("wal/0000000001.log");
  }

  private NodeLog write() throws IOException {
    var log =
        NodeLog.open(RealDisk.at(directory), SETTINGS, Runnable::run, Runnable::run, new Random(1));
    log.group(new GroupId("counter"))
        .append(
            List.of(
                new Entry(1, new Term(1), EntryKind.NO_OP, Bytes.utf8("first entry")),
                new Entry(2, new Term(1), EntryKind.COMMAND, Bytes.utf8("add 5"))));
    return log;
  }
}
