package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A crash at any change of the disk loses nothing that was acknowledged")
class CrashPointTest {

  private static final GroupId IDLE = new GroupId("idle");
  private static final GroupId BUSY = new GroupId("busy");

  @ParameterizedTest(name = "{0}")
  @EnumSource(Tear.class)
  @DisplayName("whichever operation is the last, and also if the recovery crashes again")
  void nothingAcknowledgedIsLost(Tear tear) {
    int operations = new Run(Integer.MAX_VALUE).script().changes;
    assertThat(operations).as("changes of the disk in the script").isGreaterThan(200);

    for (int last = 0; last < operations; last++) {
      for (int lastOfRecovery = 0; lastOfRecovery < 12; lastOfRecovery += 3) {
        var run = new Run(last).script();
        run.crashTwice(tear, last % 3 + lastOfRecovery);
        run.check();
      }
    }
  }

  /**
   * A script over two groups, one of them idle, that rolls segments, truncates, compacts and moves
   * stragglers.
   */
  private static final class Run {

    private final TestNode node = TestNode.closed(7, TestNode.SMALL);
    private final Map<GroupId, GroupModel> models = new TreeMap<>();
    private int changes;
    private int lastChange;
    private boolean isDead;

    Run(int lastChange) {
      this.lastChange = lastChange;
      node.disk.hook(this::count);
    }

    private void count(MemoryDisk.Operation operation, String file) throws IOException {
      if (changes++ >= lastChange) {
        isDead = true;
        throw new IOException("the power is gone at " + operation + " of " + file);
      }
    }

    Run script() {
      try {
        node.reopen();
      } catch (LogException e) {
        assertThat(isDead).isTrue();
        return this;
      }
      founding();
      for (int round = 0; round < 12 && !isDead; round++) {
        busyRound(round);
        if (round % 4 == 1) {
          save(IDLE, "vote " + round);
        }
        node.tasks.runAll();
      }
      return this;
    }

    private void founding() {
      append(IDLE, TestNode.entries(1, 3, 1));
      save(IDLE, "vote 0");
      var group = node.group(IDLE);
      model(IDLE).compactTo(group.compactTo(at(1, 1)), at(1, 1));
      node.tasks.runAll();
      if (!isDead) {
        Bytes founded = Bytes.utf8("founded by three");
        model(BUSY).describe(node.group(BUSY).describe(founded), founded);
      }
    }

    private void busyRound(int round) {
      long term = 1L + round;
      long last = model(BUSY).now().last().index();
      append(
          BUSY, List.of(TestNode.entry(last + 1, term, 900), TestNode.entry(last + 2, term, 90)));
      append(BUSY, List.of(TestNode.entry(last + 3, term, 1500)));
      node.tasks.runOne();
      if (!isDead && round % 3 == 2) {
        long from = last + 2;
        model(BUSY).truncateFrom(node.group(BUSY).truncateFrom(from), from);
        append(BUSY, List.of(TestNode.entry(from, term + 1, 300)));
      }
      if (!isDead && round % 2 == 1) {
        var upTo = at(last, node.group(BUSY).termAt(last).number());
        model(BUSY).compactTo(node.group(BUSY).compactTo(upTo), upTo);
      }
      if (!isDead && round == 6) {
        var ahead = at(model(BUSY).now().last().index() + 5, term + 1);
        model(BUSY).compactTo(node.group(BUSY).compactTo(ahead), ahead);
      }
    }

    private void append(GroupId id, List<Entry> entries) {
      if (!isDead) {
        model(id).append(node.group(id).append(entries), entries);
      }
    }

    private void save(GroupId id, String hardState) {
      if (!isDead) {
        Bytes bytes = Bytes.utf8(hardState);
        model(id).save(node.group(id).save(bytes), bytes);
      }
    }

    void crashTwice(Tear tear, int lastOfRecovery) {
      Map<GroupId, Long> acknowledged = new TreeMap<>();
      if (node.opened != null) {
        models.keySet().forEach(id -> acknowledged.put(id, node.group(id).durableTicket()));
      }
      acknowledged.forEach(this::remember);
      changes = 0;
      lastChange = lastOfRecovery;
      try {
        node.crash(tear);
      } catch (LogException e) {
        assertThat(e.failure().kind()).isEqualTo(LogFailure.Kind.IO);
      }
      lastChange = Integer.MAX_VALUE;
      node.crash(tear);
    }

    private final Map<GroupId, List<GroupModel.State>> possible = new TreeMap<>();

    private void remember(GroupId id, long ticket) {
      possible.put(id, model(id).possibleAfterCrash(ticket));
    }

    void check() {
      assertThat(node.log().damagedGroups()).isEmpty();
      possible.forEach(
          (id, states) -> {
            GroupLog group = node.group(id);
            var state = GroupModel.State.of(group, node.entries(group));
            assertThat(states).as("states of %s", id).contains(state);
          });
      assertThat(node.log().notes()).isEmpty();
    }

    private GroupModel model(GroupId id) {
      return models.computeIfAbsent(id, x -> new GroupModel(GroupModel.State.EMPTY));
    }

    private static LogPosition at(long index, long term) {
      return new LogPosition(index, new Term(term));
    }
  }
}
