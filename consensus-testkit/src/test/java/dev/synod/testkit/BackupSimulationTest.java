package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.Backup;
import dev.synod.actors.Storage;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@DisplayName("Backups")
@Tag("slow")
class BackupSimulationTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final GroupId TOTAL = new GroupId("total");

  private final MemoryDisk shelf = new MemoryDisk(new Random(1));

  @SimulationTest(seeds = 10, profile = Profile.FLAKY)
  @DisplayName("taken under load hold all up to their entry, and found a group that goes on there")
  void underLoad(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    assertThat(total.ask("n1", 1L)).isEqualTo(1);
    var outcomes = new ArrayList<CompletableFuture<Outcome<Long>>>();
    load(simulation, total, outcomes);
    var file = new SnapshotFile(shelf, "total-" + simulation.seed());
    var backup = simulation.backUp("n2", "total", file).toCompletableFuture();
    load(simulation, total, outcomes);
    simulation.eventually("a backup", backup::isDone, PATIENCE);
    simulation.eventually(
        "answers", () -> outcomes.stream().allMatch(CompletableFuture::isDone), PATIENCE);

    long expected = 1 + upTo(backup.join(), outcomes);
    var next = new Simulation(simulation.seed(), 3, Profile.CALM);
    var restored = next.restore("total", file, Total::new, Raft.protocol());
    assertThat(restored.ask("n3", 0L)).isEqualTo(expected);
    next.crash("n1");
    assertThat(restored.ask("n2", 5L)).isEqualTo(expected + 5);
    next.restart("n1");
    next.crash("n2");
    assertThat(restored.ask("n1", 1L)).isEqualTo(expected + 6);
  }

  @SimulationTest(seeds = 3)
  @DisplayName("are refused where they do not belong")
  void refused(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    assertThat(total.ask("n1", 7L)).isEqualTo(7);
    var file = new SnapshotFile(shelf, "good-" + simulation.seed());
    simulation.await(simulation.backUp("n1", "total", file));
    var fresh = new Simulation(simulation.seed(), 3, Profile.CALM);

    assertThatThrownBy(() -> fresh.restore("sum", file, Total::new, Raft.protocol()))
        .hasMessageContaining("is a backup of group total, not of sum");
    assertThatThrownBy(() -> simulation.await(simulation.backUp("n1", "total", file)))
        .hasMessageContaining("exists already");
  }

  @SimulationTest(seeds = 3)
  @DisplayName("of groups in memory are taken and restored too")
  void inMemory(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol(), Storage.MEMORY);
    assertThat(total.ask("n1", 7L)).isEqualTo(7);
    var file = new SnapshotFile(shelf, "memory-" + simulation.seed());
    simulation.await(simulation.backUp("n2", "total", file));
    var next = new Simulation(simulation.seed(), 3, Profile.CALM);
    var restored = next.restore("total", file, Total::new, Raft.protocol(), Storage.MEMORY);

    assertThat(restored.ask("n1", 1L)).isEqualTo(8);
    next.crash("n3");
    assertThat(restored.ask("n1", 1L)).isEqualTo(9);
    next.restart("n3");
    next.eventually("let in again", () -> next.status("n3", "total").isPresent(), PATIENCE);
    assertThat(restored.ask("n3", 1L)).isEqualTo(10);
  }

  @SimulationTest(seeds = 3)
  @DisplayName("whose restore did not end are restored again, and nothing else is begun there")
  void halfRestored(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    assertThat(total.ask("n1", 7L)).isEqualTo(7);
    var file = new SnapshotFile(shelf, "half-" + simulation.seed());
    simulation.await(simulation.backUp("n1", "total", file));
    var next = new Simulation(simulation.seed(), 3, Profile.CALM);
    next.crash("n3");
    var restored = next.start("total", Total::new, Raft.protocol());
    next.advance(Duration.ofSeconds(1));
    List.of("n1", "n2").forEach(next::crash);
    leave(next);
    next.restart("n2");
    assertThat(next.world().machine("n2").trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("did not end: restore it again"));

    next.crash("n2");
    next.restores("total", file);
    List.of("n1", "n2", "n3").forEach(next::restart);
    assertThat(next.world().machine("n2").trouble()).isEmpty();
    assertThat(restored.ask("n2", 1L)).isEqualTo(8);
    next.crash("n2");
    next.restart("n2");
    assertThat(restored.ask("n2", 1L)).isEqualTo(9);
  }

  /** What another restore wrote on n2 before the power went. */
  private static void leave(Simulation simulation) {
    var disk = simulation.world().machine("n2").disk().memory();
    var far = new LogPosition(Long.MAX_VALUE / 2, new Term(9));
    try (var writer = new FileSnapshots(disk, TOTAL, 2).begin(far, Bytes.utf8("of another"))) {
      writer.commit();
    }
  }

  private static void load(
      Simulation simulation,
      SimulatedGroup<Long, Long> total,
      List<CompletableFuture<Outcome<Long>>> outcomes) {
    for (int i = 1; i <= 30; i++) {
      var node = "n" + (1 + i % 3);
      outcomes.add(total.on(node).propose((long) i * i).toCompletableFuture());
      simulation.advance(Duration.ofMillis(3));
    }
  }

  /** What the backup must hold: all that was answered with an entry up to its own. */
  private static long upTo(Backup backup, List<CompletableFuture<Outcome<Long>>> outcomes) {
    long sum = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      long added = (long) (1 + i % 30) * (1 + i % 30);
      var outcome = outcomes.get(i).join();
      assertThat(outcome).isInstanceOf(Outcome.Ok.class);
      if (outcome instanceof Outcome.Ok<Long> ok && ok.index() <= backup.index()) {
        sum += added;
      }
    }
    return sum;
  }
}
