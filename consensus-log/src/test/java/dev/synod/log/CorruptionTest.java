package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("A flipped bit is found, or does no harm")
class CorruptionTest {

  private static final List<GroupId> GROUPS = List.of(TestNode.G1, TestNode.G2, new GroupId("g3"));

  @Test
  @DisplayName("at every byte of a log that was closed in order")
  void everyFlipOfAClosedLogIsFound() throws IOException {
    var node = written();
    node.restart();
    node.log().close();

    flipEveryByte(node);
  }

  @Test
  @DisplayName("at every byte of a log whose process died")
  void everyFlipOfADeadLogIsFound() throws IOException {
    var node = written();
    node.disk.crash(Tear.ALL_KEPT);

    flipEveryByte(node);
  }

  /** Three groups over several segments, one of them idle for long. */
  private static TestNode written() {
    var node = TestNode.open(3);
    GroupLog idle = node.group(GROUPS.get(2));
    idle.save(Bytes.utf8("vote for nobody"));
    idle.append(List.of(TestNode.entry(1, 1, 60)));
    node.tasks.runAll();
    for (long i = 1; i <= 12; i++) {
      node.group(TestNode.G1).append(List.of(TestNode.entry(i, 1, 300)));
      node.group(TestNode.G2).append(List.of(TestNode.entry(i, 2, 550)));
      node.tasks.runAll();
    }
    node.group(TestNode.G1).truncateFrom(11);
    node.group(TestNode.G2).compactTo(new LogPosition(3, new Term(2)));
    node.group(TestNode.G2).save(Bytes.utf8("vote for s1"));
    node.tasks.runAll();
    return node;
  }

  private void flipEveryByte(TestNode node) throws IOException {
    Map<GroupId, GroupModel.State> expected = statesOf(TestNode.on(node.disk, node.settings));
    int detected = 0;
    for (String file : node.disk.list(SegmentFiles.FOLDER)) {
      String name = SegmentFiles.FOLDER + "/" + file;
      long size = sizeOf(node, name);
      for (long at = 0; at < size; at++) {
        var flipped = TestNode.on(node.disk, node.settings);
        flipped.disk.flip(name, at * 8 + at % 8);
        detected += check(flipped, expected, name + " at " + at);
      }
    }
    assertThat(detected).as("flips that made a group refuse").isGreaterThan(1000);
  }

  /** 1 if the damage was found, 0 if it did no harm. */
  private int check(TestNode node, Map<GroupId, GroupModel.State> expected, String where) {
    try {
      node.reopen();
    } catch (LogException e) {
      assertThat(e.failure().kind()).isEqualTo(LogFailure.Kind.UNKNOWN_FORMAT);
      return 1;
    }
    boolean found = false;
    for (GroupId id : GROUPS) {
      try {
        assertThat(stateOf(node, id)).as("%s, %s", id, where).isEqualTo(expected.get(id));
      } catch (LogException e) {
        assertThat(e.failure().kind()).isEqualTo(LogFailure.Kind.CORRUPT);
        assertThat(e).hasMessageContainingAll("wal/", "offset", "replace this");
        found = true;
      }
    }
    return found ? 1 : 0;
  }

  private static Map<GroupId, GroupModel.State> statesOf(TestNode node) {
    node.reopen();
    Map<GroupId, GroupModel.State> states = new TreeMap<>();
    GROUPS.forEach(id -> states.put(id, stateOf(node, id)));
    return states;
  }

  private static GroupModel.State stateOf(TestNode node, GroupId id) {
    GroupLog group = node.group(id);
    return GroupModel.State.of(group, node.entries(group));
  }

  private static long sizeOf(TestNode node, String name) throws IOException {
    try (DiskFile file = node.disk.open(name)) {
      return file.size();
    }
  }
}
