package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.disk.Disk;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.disk.RealDisk;
import dev.synod.log.snapshot.SnapshotReader;
import dev.synod.log.snapshot.SnapshotWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Files of format version 1")
class FormatSampleTest {

  private static final GroupId GROUP = new GroupId("sample");
  private static final String SNAPSHOT = "snapshots/sample/0000000000000003-0000000000000001.snap";
  private static final List<String> FILES =
      List.of("store.id", "wal/0000000001.log", "wal/0000000002.log", SNAPSHOT);

  @Test
  @DisplayName("are read as they were written, whatever wrote them")
  void theStoredSampleIsReadable() {
    var disk = new MemoryDisk(new Random(1));
    FILES.forEach(file -> write(disk, file, stored(file)));
    var node = TestNode.on(disk, TestNode.SMALL);

    var log = node.reopen();

    assertThat(log.storeId()).isEqualTo(StoreId.parse("bb1ad573-19b8-9cd8-68fb-0e6f684df992"));
    GroupLog group = log.group(GROUP);
    assertThat(group.base()).isEqualTo(new LogPosition(3, new Term(1)));
    assertThat(group.saved()).contains(Bytes.utf8("term 2, vote s1"));
    assertThat(group.description()).contains(Bytes.utf8("founded by s1, s2, s3"));
    assertThat(node.entries(group)).isEqualTo(expected());
    var snapshots = log.snapshots(GROUP);
    var snapshot = snapshots.newest(group.base(), failure -> {}).orElseThrow();
    assertThat(snapshot.metadata()).isEqualTo(Bytes.utf8("voters s1, s2, s3"));
    try (SnapshotReader reader = snapshots.open(snapshot)) {
      assertThat(reader.read(0, 100)).isEqualTo(Bytes.utf8("state after three entries"));
    }
  }

  @Test
  @DisplayName("are written in the same bytes today")
  void todaysBytesEqualTheStoredOnes() {
    var node = writtenAnew();

    for (String file : FILES) {
      assertThat(contents(node.disk, file)).as(file).isEqualTo(stored(file));
    }
  }

  private static List<Entry> expected() {
    List<Entry> entries = new ArrayList<>(TestNode.entries(4, 5, 1));
    for (long index = 6; index <= 12; index++) {
      entries.add(TestNode.entry(index, 2, (int) (index * 80)));
    }
    return entries;
  }

  private static TestNode writtenAnew() {
    var node = TestNode.open(1);
    GroupLog group = node.group(GROUP);
    group.describe(Bytes.utf8("founded by s1, s2, s3"));
    group.append(TestNode.entries(1, 8, 1));
    node.tasks.runAll();
    group.truncateFrom(6);
    group.save(Bytes.utf8("term 2, vote s1"));
    node.tasks.runAll();
    try (SnapshotWriter writer =
        node.log().snapshots(GROUP).begin(group3(), Bytes.utf8("voters s1, s2, s3"))) {
      writer.append(Bytes.utf8("state after "));
      writer.append(Bytes.utf8("three entries"));
      writer.commit();
    }
    group.compactTo(group3());
    for (Entry entry : expected().subList(2, 9)) {
      group.append(List.of(entry));
      node.tasks.runAll();
    }
    node.log().close();
    return node;
  }

  private static LogPosition group3() {
    return new LogPosition(3, new Term(1));
  }

  /** Writes the sample below that directory: to be run once for a new version, never again. */
  static void store(Path directory) throws IOException {
    Disk real = RealDisk.at(directory);
    real.createDirectories("wal");
    real.createDirectories("snapshots/sample");
    var node = writtenAnew();
    FILES.forEach(file -> write(real, file, contents(node.disk, file)));
  }

  private static void write(Disk disk, String name, byte[] bytes) {
    try {
      disk.createDirectories("wal");
      disk.createDirectories("snapshots/sample");
      try (DiskFile file = disk.open(name)) {
        file.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 1, 0);
        file.force();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] contents(Disk disk, String name) {
    try (DiskFile file = disk.open(name)) {
      byte[] bytes = new byte[(int) file.size()];
      file.read(ByteBuffer.wrap(bytes), 0);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] stored(String file) {
    try (InputStream in = FormatSampleTest.class.getResourceAsStream("/format-1/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
