package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk.Operation;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("When the disk fails")
class FailureTest {

  private final TestNode node = TestNode.open(11);
  private final GroupLog group = node.group(TestNode.G1);
  private final Told told = new Told();

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"WRITE", "FORCE"})
  @DisplayName("nothing is tried again, every group is told once, and nothing more is acknowledged")
  void nothingIsTriedAgain(Operation broken) {
    group.listener(told);
    var other = new Told();
    node.group(TestNode.G2).listener(other);
    long durable = group.append(TestNode.entries(1, 2, 1));
    node.tasks.runAll();
    int[] tries = {0};
    fail(broken, "Input/output error", tries);

    group.append(TestNode.entries(3, 4, 1));
    node.tasks.runAll();
    int triesOfFirst = tries[0];
    group.append(TestNode.entries(5, 6, 1));
    node.tasks.runAll();

    assertThat(told.last()).isEqualTo(durable);
    assertThat(told.failed).hasSize(1);
    assertThat(told.failed.get(0).kind()).isEqualTo(LogFailure.Kind.IO);
    assertThat(told.failed.get(0).message()).contains("wal/0000000001.log", "Input/output error");
    assertThat(other.failed).isEqualTo(told.failed);
    assertThat(tries[0]).isEqualTo(triesOfFirst).isEqualTo(1);
    assertThat(node.log().failure()).contains(told.failed.get(0));
    assertThat(group.durableTicket()).isEqualTo(durable);
  }

  @Test
  @DisplayName("a listener set afterwards is told as well")
  void aLateListenerIsTold() {
    fail(Operation.FORCE, "Input/output error", new int[1]);
    group.append(TestNode.entries(1, 1, 1));
    node.tasks.runAll();

    group.listener(told);

    assertThat(told.failed).hasSize(1);
  }

  @Test
  @DisplayName("what is durable is read on; what is not, fails")
  void readingGoesOn() {
    group.append(TestNode.entries(1, 3, 1));
    node.tasks.runAll();
    fail(Operation.FORCE, "Input/output error", new int[1]);
    group.append(TestNode.entries(4, 5, 1));
    node.tasks.runAll();
    group.append(TestNode.entries(6, 6, 1));
    node.tasks.runAll();

    assertThat(node.read(group, 1, 3))
        .isEqualTo(new GroupLog.ReadResult.Entries(TestNode.entries(1, 3, 1)));
    assertThat(node.read(group, 3, 4)).isInstanceOf(GroupLog.ReadResult.Failed.class);
    assertThat(node.read(group, 6, 6)).isInstanceOf(GroupLog.ReadResult.Failed.class);
    assertThat(group.last()).isEqualTo(new LogPosition(6, new Term(1)));
  }

  @Test
  @DisplayName("since it is full, a restart with space brings back all that was acknowledged")
  void aFullDiskLosesNothing() {
    group.listener(told);
    node.disk.capacity(node.disk.used() + 2L * TestNode.SMALL.segmentBytes());
    long index = 0;
    while (told.failed.isEmpty()) {
      index++;
      group.append(List.of(TestNode.entry(index, 1, 700)));
      node.tasks.runAll();
    }
    assertThat(told.failed.get(0).kind()).isEqualTo(LogFailure.Kind.FULL);
    assertThat(told.failed.get(0).message()).contains("free some space and restart");
    long acknowledged = told.last() - 1;
    node.disk.capacity(Long.MAX_VALUE);

    node.crash(Tear.NOTHING_KEPT);

    GroupLog again = node.group(TestNode.G1);
    assertThat(again.last().index()).isGreaterThanOrEqualTo(acknowledged);
    assertThat(node.entries(again)).contains(TestNode.entry(acknowledged, 1, 700));
    again.append(List.of(TestNode.entry(again.last().index() + 1, 1, 700)));
    node.tasks.runAll();
    assertThat(again.durableTicket()).isEqualTo(again.lastTicket());
  }

  @Test
  @DisplayName("making the next segment once, it is made at the second try")
  void aSegmentIsMadeAtTheSecondTry() throws IOException {
    var fresh = TestNode.closed(1, TestNode.SMALL);
    int[] preallocations = {0};
    fresh.disk.hook(
        (operation, file) -> {
          if (operation == Operation.PREALLOCATE && ++preallocations[0] == 2) {
            throw new IOException("No space left on device");
          }
        });
    fresh.reopen();
    GroupLog log = fresh.group(TestNode.G1);
    log.listener(told);

    for (long i = 1; i <= 10; i++) {
      log.append(List.of(TestNode.entry(i, 1, 700)));
      fresh.tasks.runAll();
    }

    assertThat(told.failed).isEmpty();
    assertThat(log.durableTicket()).isEqualTo(log.lastTicket());
  }

  @Test
  @DisplayName("after a failed force, what looks written is written again before it is served")
  void theLastBatchIsWrittenAgain() {
    group.append(TestNode.entries(1, 2, 1));
    node.tasks.runAll();
    fail(Operation.FORCE, "Input/output error", new int[1]);
    group.save(Bytes.utf8("vote"));
    node.tasks.runAll();
    node.disk.hook((operation, file) -> {});

    node.crash(Tear.ALL_KEPT);
    assertThat(node.group(TestNode.G1).saved()).contains(Bytes.utf8("vote"));
    node.crash(Tear.NOTHING_KEPT);

    assertThat(node.group(TestNode.G1).saved()).contains(Bytes.utf8("vote"));
  }

  private void fail(Operation broken, String why, int[] tries) {
    node.disk.hook(
        (operation, file) -> {
          if (operation == broken && file.startsWith("wal/")) {
            tries[0]++;
            throw new IOException(why);
          }
        });
  }
}
