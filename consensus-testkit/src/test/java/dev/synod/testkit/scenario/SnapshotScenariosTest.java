package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("What goes wrong with snapshots")
class SnapshotScenariosTest {

  /** Of the testkit's small logs. */
  private static final long SNAPSHOT_AFTER = 60;

  private static final long SNAPSHOT_TAIL = 20;

  /** Silences of the sender before it offers again, and as many for what gets lost meanwhile. */
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(10);

  /** Breaks if the snapshot is not sent again when it, or its answer, was lost. */
  @SimulationTest(seeds = 40, profile = Profile.FLAKY)
  @DisplayName("a follower far behind gets a snapshot soon, however bad the network")
  void farBehind(Simulation simulation) {
    var scene = Scene.of(simulation);
    var behind = leaveBehind(scene);

    simulation.restart(behind);

    caughtUp(scene, behind);
    assertThat(scene.replica(behind).base()).isPositive();
  }

  /** Breaks if a transfer that its sender gave up keeps the next leader's out. */
  @SimulationTest(seeds = 40)
  @DisplayName("the leader changes while a follower gets its snapshot")
  void leaderMoves(Simulation simulation) {
    var scene = Scene.of(simulation);
    var behind = leaveBehind(scene);
    var old = scene.leader();
    simulation.restart(behind);
    simulation.eventually(
        "it hears the leader",
        () -> scene.replica(behind).epoch() > 0 && scene.leading().isPresent(),
        Scene.ELECTED_WITHIN);
    scene.advance(simulation.seed() % 40);

    simulation.crash(old);

    caughtUp(scene, behind);
    assertThat(scene.leader()).isNotEqualTo(old);
  }

  /** Breaks if the log is given up before the snapshot is durable, or goes on behind it unseen. */
  @SimulationTest(seeds = 60)
  @DisplayName("the power goes while a snapshot newer than the log is written down")
  void halfPersisted(Simulation simulation) {
    var scene = Scene.of(simulation);
    var behind = leaveBehind(scene);
    int operations = 1 + (int) (simulation.seed() % 30);

    simulation.restart(behind);
    simulation.apply(new Fault.CrashInWrite(behind, operations, Tear.ANY_SECTORS_KEPT));
    scene.advance(3000);
    simulation.heal();

    caughtUp(scene, behind);
  }

  /**
   * Nobody writes any more. Breaks if a leader sends a snapshot again and again to who has it, or
   * to who is not of the group: a disk that was lost makes a stranger, which waits to be let in.
   */
  @SimulationTest(seeds = 10)
  @DisplayName("a follower that lost its disk, or is behind, leaves an idle group idle")
  void idleGroup(Simulation simulation) {
    var scene = Scene.of(simulation);
    var behind = leaveBehind(scene);
    simulation.restart(behind);
    caughtUp(scene, behind);
    var usual = messagesIn(scene, Duration.ofSeconds(20));

    simulation.apply(new Fault.Wipe(behind));
    simulation.restart(behind);
    scene.advance(40_000);

    assertThat(messagesIn(scene, Duration.ofSeconds(20))).isLessThanOrEqualTo(usual + usual / 10);
    assertThat(scene.total.ask(scene.leader(), 0L)).isEqualTo(300);
  }

  /**
   * Breaks if a snapshot is due only when something is applied: an idle group kept its whole log.
   */
  @SimulationTest(seeds = 20)
  @DisplayName("a burst that ends while a snapshot is written leaves no long log behind")
  void burst(Simulation simulation) {
    var scene = Scene.of(simulation);
    scene.settle(scene.write(scene.leader(), 400));

    scene.advance(5000);

    assertThat(scene.up())
        .allSatisfy(
            replica ->
                assertThat(replica.last() - replica.base())
                    .isLessThan(SNAPSHOT_AFTER + SNAPSHOT_TAIL));
  }

  private static long messagesIn(Scene scene, Duration time) {
    long before = scene.simulation.world().network().traffic().sent();
    scene.simulation.advance(time);
    return scene.simulation.world().network().traffic().sent() - before;
  }

  /** A follower that is down while 300 entries are written and compacted. */
  private static String leaveBehind(Scene scene) {
    var behind = scene.others(scene.leader()).get(0);
    scene.simulation.crash(behind);
    for (int i = 0; i < 6; i++) {
      var writes = scene.write(scene.leader(), 50);
      scene.settle(writes);
      assertThat(Scene.acknowledged(writes)).isEqualTo(50);
    }
    scene.advance(200);
    return behind;
  }

  private static void caughtUp(Scene scene, String behind) {
    scene.simulation.eventually(
        behind + " has caught up",
        () ->
            scene
                .leading()
                .filter(leader -> scene.replica(behind).committed() >= leader.committed())
                .isPresent(),
        CAUGHT_UP_WITHIN);
  }
}
