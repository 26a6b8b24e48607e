package dev.synod.testkit.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.invariant.Change.Acknowledged;
import dev.synod.testkit.invariant.Change.Appended;
import dev.synod.testkit.invariant.Change.Applied;
import dev.synod.testkit.invariant.Change.BoundedRead;
import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Compacted;
import dev.synod.testkit.invariant.Change.Confirmed;
import dev.synod.testkit.invariant.Change.Entered;
import dev.synod.testkit.invariant.Change.Failed;
import dev.synod.testkit.invariant.Change.Follows;
import dev.synod.testkit.invariant.Change.Forced;
import dev.synod.testkit.invariant.Change.Leads;
import dev.synod.testkit.invariant.Change.Made;
import dev.synod.testkit.invariant.Change.Queued;
import dev.synod.testkit.invariant.Change.Read;
import dev.synod.testkit.invariant.Change.Refused;
import dev.synod.testkit.invariant.Change.Restored;
import dev.synod.testkit.invariant.Change.Snapshotted;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Stopped;
import dev.synod.testkit.invariant.Change.Truncated;
import dev.synod.testkit.invariant.Change.Voted;
import dev.synod.testkit.invariant.Change.WatchBegan;
import dev.synod.testkit.invariant.Change.WatchLost;
import dev.synod.testkit.invariant.Change.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each invariant")
class PlantedFaultsTest {

  private static Watch watched(Change... changes) {
    var watch = new Watch(List.of("n1", "n2", "n3"), Invariant.all(), () -> 0);
    for (int i = 1; i <= 3; i++) {
      watch.recovered("n" + i, 0, List.of(0L));
      watch.see(new Started("n" + i, "s" + i, 0, ""));
    }
    for (Change change : changes) {
      watch.see(change);
    }
    return watch;
  }

  private static Arguments broken(String invariant, Change... changes) {
    return Arguments.of(invariant, changes);
  }

  /** So many entries are committed on these nodes; then that happens. */
  private static Arguments brokenAfter(
      int committed, List<String> nodes, String invariant, Change... changes) {
    var all = new ArrayList<Change>();
    for (String node : nodes) {
      for (int index = 1; index <= committed; index++) {
        all.add(new Appended(node, index, 1, index));
      }
      all.add(new Committed(node, committed));
    }
    all.addAll(List.of(changes));
    return Arguments.of(invariant, all.toArray(new Change[0]));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        broken("election safety", new Leads("n1", 5), new Leads("n2", 5)),
        broken(
            "leader append-only",
            new Leads("n1", 1),
            new Appended("n1", 1, 1, 7),
            new Truncated("n1", 1)),
        broken("log matching", new Appended("n1", 1, 1, 7), new Appended("n2", 1, 1, 8)),
        broken(
            "log matching",
            new Appended("n1", 1, 1, 7),
            new Appended("n1", 2, 2, 9),
            new Appended("n2", 1, 2, 8),
            new Appended("n2", 2, 2, 9)),
        broken(
            "log matching",
            new Appended("n1", 1, 1, Appended.WITNESSED),
            new Appended("n2", 1, 1, 7),
            new Appended("n3", 1, 1, 8)),
        broken(
            "leader completeness",
            new Entered("n1", 1, "s1"),
            new Appended("n1", 1, 1, 7),
            new Committed("n1", 1),
            new Leads("n2", 2)),
        brokenAfter(
            4,
            List.of("n1", "n2"),
            "state machine safety",
            new Applied("n1", 3, 10, "a"),
            new Applied("n2", 3, 11, "b")),
        brokenAfter(
            4,
            List.of("n1"),
            "state machine safety",
            new Applied("n1", 3, 10, "a"),
            new Restored("n2", 3, 11)),
        broken("only what is committed is applied", new Applied("n1", 3, 10, "a")),
        broken(
            "snapshot equals replay", new Snapshotted("n1", 3, 100), new Snapshotted("n2", 3, 80)),
        broken(
            "epoch monotonic and durable",
            new Voted("n1", 4, "n2"),
            new Stopped("n1"),
            new Started("n1", "s1", 3, "")),
        broken("epoch monotonic and durable", new Confirmed("n1", 4, 0), new Entered("n1", 3, "")),
        broken("one vote an epoch, durable", new Voted("n1", 4, "n2"), new Voted("n1", 4, "n3")),
        broken(
            "one vote an epoch, durable",
            new Voted("n1", 4, "n2"),
            new Stopped("n1"),
            new Started("n1", "s1", 4, "")),
        broken(
            "confirmed entries are durable",
            new Confirmed("n1", 0, 1),
            new Stopped("n1"),
            new Started("n1", "s1", 0, "")),
        brokenAfter(
            4, List.of("n1"), "confirmed entries are durable", new Compacted("n1", 2, 1, 3)),
        brokenAfter(
            4, List.of("n1"), "compaction is covered by a snapshot", new Compacted("n1", 2, 1, 4)),
        brokenAfter(
            4,
            List.of("n1"),
            "compaction is covered by a snapshot",
            new Snapshotted("n1", 2, 0),
            new Compacted("n1", 3, 1, 4)),
        broken(
            "compaction is covered by a snapshot",
            new Snapshotted("n1", 2, 0),
            new Appended("n1", 1, 1, 7),
            new Compacted("n1", 1, 1, 1)),
        broken("commit index never regresses", new Committed("n1", 1)),
        broken(
            "commit index never regresses",
            new Appended("n1", 1, 1, 7),
            new Committed("n1", 1),
            new Committed("n1", 0)),
        broken("nothing acknowledged is lost", new Acknowledged("n1", "a", 3)),
        brokenAfter(
            4,
            List.of("n1"),
            "exactly once",
            new Applied("n1", 3, 10, "a"),
            new Applied("n1", 4, 11, "a")),
        brokenAfter(
            4,
            List.of("n1"),
            "rejected is not taken",
            new Applied("n1", 3, 10, "a"),
            new Refused("n1", "a")),
        brokenAfter(
            4,
            List.of("n1"),
            "rejected is not taken",
            new Refused("n1", "a"),
            new Applied("n1", 3, 10, "a")),
        broken("linearizable reads see what was acknowledged", new Read("n1", 4, 3)),
        broken("bounded reads lag no more than they may", new BoundedRead("n1", 4, 3)),
        broken("queues are bounded", new Queued("n1", "gated-effects-max", 5, 4)),
        broken(
            "a watch has no gap",
            new Made("n1", 3, "a"),
            new Made("n1", 4, "b"),
            new WatchBegan("n2", "w", 2),
            new Watched("n2", "w", 4, "b")),
        broken(
            "a watch has no gap",
            new Made("n1", 3, "a"),
            new WatchBegan("n2", "w", -1),
            new Watched("n2", "w", 3, "a"),
            new WatchBegan("n3", "w", 3),
            new Watched("n3", "w", 3, "a")),
        broken("a watch has no gap", new WatchBegan("n2", "w", 2), new Watched("n2", "w", 4, "b")),
        broken(
            "a watch has no gap",
            new Made("n1", 3, "a"),
            new Snapshotted("n1", 9, 100),
            new WatchBegan("n2", "w", 2),
            new WatchLost("n2", "w", 4, 8)),
        broken("a watch has no gap", new WatchBegan("n2", "w", 2), new WatchLost("n2", "w", 3, 8)),
        broken("a replica fails for its disk only", new Failed("n1", "entries out of order")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  @DisplayName("catches the fault planted for it")
  void catchesItsFault(String invariant, Change[] changes) {
    assertThat(watched(changes).violation())
        .hasValueSatisfying(violation -> assertThat(violation.invariant()).isEqualTo(invariant));
  }

  @Test
  @DisplayName("has nothing against a group that does as it should")
  void wellBehavedGroupPasses() {
    var watch =
        watched(
            new Entered("n1", 1, "s1"),
            new Voted("n2", 1, "n1"),
            new Leads("n1", 1),
            new Appended("n1", 1, 1, 7),
            new Appended("n2", 1, 1, 7),
            new Forced("n1", 1),
            new Forced("n2", 1),
            new Confirmed("n2", 1, 1),
            new Committed("n1", 1),
            new Applied("n1", 1, 10, "a"),
            new Acknowledged("n3", "a", 1),
            new Read("n3", 1, 1),
            new BoundedRead("n3", 1, 1),
            new Appended("n1", 2, 1, 8),
            new Entered("n1", 2, ""),
            new Truncated("n1", 2),
            new Follows("n1"),
            new Leads("n2", 2),
            new Committed("n2", 1),
            new Applied("n2", 1, 10, "a"),
            new Appended("n2", 2, 2, 9),
            new Snapshotted("n2", 1, 100),
            new Compacted("n2", 1, 1, 2),
            new Snapshotted("n1", 1, 100));

    assertThat(watch.violation()).isEmpty();
  }

  @Test
  @DisplayName("lets an answer to an older leader be late, and holds it to what is left of it")
  void lateAnswers() {
    Change[] removed = {
      new Entered("n1", 3, ""),
      new Appended("n1", 1, 3, 7),
      new Appended("n1", 2, 3, 7),
      new Entered("n1", 4, ""),
      new Truncated("n1", 2),
      new Forced("n1", 1),
      new Confirmed("n1", 3, 2)
    };
    var late = watched(removed);
    var lost = watched(removed);
    lost.see(new Confirmed("n1", 4, 2));

    assertThat(late.violation()).isEmpty();
    assertThat(lost.violation()).isPresent();
  }

  @Test
  @DisplayName("lets a replica with a new disk be another one")
  void newDiskIsANewReplica() {
    var watch =
        watched(
            new Voted("n1", 4, "n2"),
            new Forced("n1", 9),
            new Confirmed("n1", 4, 9),
            new Stopped("n1"),
            new Started("n1", "s9", 0, ""));

    assertThat(watch.violation()).isEmpty();
  }
}
