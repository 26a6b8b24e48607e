package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The log's segments")
class SegmentTest {

  private final TestNode node = TestNode.open(31);
  private final GroupLog group = node.group(TestNode.G1);

  @Test
  @DisplayName("roll when full, and truncation works across their border")
  void truncationAcrossABorder() throws IOException {
    append(1, 12, 1);
    assertThat(segments()).isGreaterThan(3);

    group.truncateFrom(3);
    append(3, 5, 2);
    node.crash(Tear.NOTHING_KEPT);

    List<Entry> expected = new ArrayList<>(large(1, 2, 1));
    expected.addAll(large(3, 5, 2));
    assertThat(node.entries(node.group(TestNode.G1))).isEqualTo(expected);
  }

  @Test
  @DisplayName("give entries back at random as one large file would")
  void randomReadsEqualAnOracle() {
    var settings =
        new LogSettings(1 << 16, 4096, 8192, 64, 0, 256, 65536, 1 << 14, 4096, 50, 1, 4096, 2);
    var large = TestNode.open(5, settings);
    GroupLog log = large.group(TestNode.G1);
    List<Entry> oracle = new ArrayList<>();
    for (long from = 1; from <= 50_000; from += 100) {
      List<Entry> entries = TestNode.entries(from, from + 99, 1 + from / 10_000);
      log.append(entries);
      oracle.addAll(entries);
      large.tasks.runAll();
    }
    large.restart();
    GroupLog again = large.group(TestNode.G1);

    var random = new Random(5);
    for (int i = 0; i < 300; i++) {
      int from = random.nextInt(oracle.size());
      int to = Math.min(oracle.size() - 1, from + random.nextInt(50));
      assertThat(large.read(again, from + 1, to + 1))
          .isEqualTo(new GroupLog.ReadResult.Entries(oracle.subList(from, to + 1)));
    }
  }

  @Test
  @DisplayName("are deleted below what every group has compacted, so that disk use stays bounded")
  void diskUseStaysBounded() throws IOException {
    GroupLog idle = node.group(new GroupId("idle"));
    idle.save(Bytes.utf8("vote"));
    idle.append(TestNode.entries(1, 2, 1));
    long most = 0;
    for (long index = 1; index <= 4_000; index++) {
      group.append(List.of(TestNode.entry(index, 1, 300)));
      node.tasks.runAll();
      if (index > 8) {
        group.compactTo(new LogPosition(index - 8, new Term(1)));
      }
      most = Math.max(most, node.disk.used());
    }

    assertThat(most).isLessThan(8L * TestNode.SMALL.segmentBytes());
    node.crash(Tear.NOTHING_KEPT);
    assertThat(node.entries(node.group(new GroupId("idle")))).isEqualTo(TestNode.entries(1, 2, 1));
    assertThat(node.group(new GroupId("idle")).saved()).contains(Bytes.utf8("vote"));
    assertThat(node.group(TestNode.G1).last().index()).isEqualTo(4_000);
  }

  @Test
  @DisplayName("aren't pinned by restarts: what is live in old ones is moved together")
  void restartsPinNothing() throws IOException {
    for (int i = 1; i <= 30; i++) {
      node.group(TestNode.G1).append(TestNode.entries(i, i, 1));
      node.restart();
      node.tasks.runAll();
    }

    assertThat(segments()).isLessThan(5);
    assertThat(node.entries(node.group(TestNode.G1))).isEqualTo(TestNode.entries(1, 30, 1));
  }

  @Test
  @DisplayName("aren't moved while most of them is needed")
  void fullSegmentsAreNotMoved() throws IOException {
    append(1, 40, 1);
    long before = segments();

    node.tasks.runAll();

    assertThat(segments()).isEqualTo(before).isGreaterThan(15);
  }

  @Test
  @DisplayName("of another store are refused")
  void foreignSegmentsAreRefused() throws IOException {
    append(1, 2, 1);
    node.log().close();
    node.disk.delete(Identity.FILE);
    var identity = new Identity(node.disk);
    identity.create(new Random(99));

    org.assertj.core.api.Assertions.assertThatThrownBy(node::reopen)
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll("wal/0000000001.log", "mixed");
  }

  private void append(long from, long to, long term) {
    for (Entry entry : large(from, to, term)) {
      node.group(TestNode.G1).append(List.of(entry));
      node.tasks.runAll();
    }
  }

  private static List<Entry> large(long from, long to, long term) {
    List<Entry> entries = new ArrayList<>();
    for (long index = from; index <= to; index++) {
      entries.add(TestNode.entry(index, term, 1700));
    }
    return entries;
  }

  private long segments() throws IOException {
    return node.disk.list(SegmentFiles.FOLDER).size();
  }
}
