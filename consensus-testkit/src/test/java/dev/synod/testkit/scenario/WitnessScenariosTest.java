package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.Change;
import dev.synod.core.Configuration;
import dev.synod.core.Read;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.invariant.ReplicaView;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("Two replicas and a witness")
class WitnessScenariosTest {

  /**
   * Breaks if a witness stands, or votes for a log that lacks what it has seen (§5.4.1). That the
   * group waits is the price.
   */
  @SimulationTest(seeds = 20)
  @DisplayName("what leader and witness agreed on waits for the leader, and is not lost")
  void leaderAndWitness(Simulation simulation) {
    var scene = Scene.witnessed(simulation);
    var leader = scene.leader();
    var third = other(leader);
    simulation.partition(leader + ",n3 | " + third);
    long sum = scene.total.ask(leader, 5L);
    simulation.crash(leader);
    simulation.world().network().links().mendAll();

    scene.advance(5000);
    assertThat(scene.up()).noneMatch(ReplicaView::leads);

    simulation.restart(leader);
    assertThat(scene.total.ask(third, 1L)).isEqualTo(sum + 1);
    assertThat(scene.total.ask("n3", 1L)).isEqualTo(sum + 2);
  }

  /** Breaks if a witness's vote or its acknowledgement does not count. */
  @SimulationTest(seeds = 20)
  @DisplayName("with one replica gone, the other and the witness go on, whichever it is")
  void eitherMayGo(Simulation simulation) {
    var scene = Scene.witnessed(simulation);
    long sum = 0;
    for (int round = 1; round <= 4; round++) {
      var leader = scene.leader();
      sum = scene.total.ask(leader, 1L);
      simulation.eventually(
          "both replicas have it",
          () -> scene.replica("n1").committed() == scene.replica("n2").committed(),
          Duration.ofSeconds(2));
      simulation.crash(leader);
      assertThat(scene.total.ask(other(leader), 1L)).isEqualTo(sum + 1);
      assertThat(scene.leader()).isEqualTo(other(leader));
      simulation.restart(leader);
    }
    assertThat(scene.total.ask("n3", 0L)).isEqualTo(sum + 1);
  }

  /** Breaks if a leader may be sent to a witness. */
  @SimulationTest(seeds = 10)
  @DisplayName("a replica that was behind catches up before it leads; a witness is refused")
  void handsOver(Simulation simulation) {
    var scene = Scene.witnessed(simulation);
    var leader = scene.leader();
    var third = other(leader);
    simulation.crash(third);
    long sum = scene.total.ask(leader, 7L);
    simulation.restart(third);
    var admin = scene.total.on(leader).admin();

    assertThatThrownBy(
            () ->
                simulation.await(
                    admin.transfer(simulation.member("n3").store(), Duration.ofSeconds(2))))
        .hasStackTraceContaining("is a witness");
    assertThat(simulation.await(admin.transfer(Duration.ofSeconds(5))).node().name())
        .isEqualTo(third);
    assertThat(scene.total.ask("n3", 1L)).isEqualTo(sum + 1);
  }

  /** Breaks if a witness answers, or if its node finds nobody else who does. */
  @SimulationTest(seeds = 10)
  @DisplayName("on its node everything is answered, by others; a backup is refused")
  void answersNothing(Simulation simulation) {
    var scene = Scene.witnessed(simulation);
    long sum = scene.total.ask("n3", 3L);
    var ref = scene.total.on("n3");
    scene.advance(500);

    assertThat(simulation.await(ref.read(0L, Read.linearizable()))).isEqualTo(sum);
    assertThat(simulation.await(ref.read(0L, Read.lease()))).isEqualTo(sum);
    assertThat(simulation.await(ref.read(0L, Read.stale()))).isEqualTo(sum);
    assertThat(simulation.await(ref.read(0L, Read.bounded(Duration.ofSeconds(1))))).isEqualTo(sum);
    assertThat(scene.total.replica("n3").role()).isEqualTo("witness");
    var file = new SnapshotFile(new MemoryDisk(new Random(1)), "backup");
    assertThatThrownBy(() -> simulation.await(simulation.backUp("n3", "total", file)))
        .hasStackTraceContaining("is a witness");
  }

  /** Breaks if a witness is sent a state, or can't go on without one. */
  @SimulationTest(seeds = 10)
  @DisplayName("one that was away gets where the snapshot ends, and compacts its own log")
  void catchesUp(Simulation simulation) {
    var scene = Scene.witnessed(simulation);
    simulation.crash("n3");
    for (int i = 0; i < 10; i++) {
      scene.settle(scene.write("n1", 20));
    }
    simulation.restart("n3");
    simulation.eventually(
        "it has a snapshot", () -> scene.replica("n3").base() > 0, Duration.ofSeconds(10));
    for (int i = 0; i < 10; i++) {
      scene.settle(scene.write("n2", 20));
    }

    simulation.eventually(
        "its log is compacted", () -> scene.replica("n3").base() > 250, Duration.ofSeconds(10));
    simulation.crash("n3");
    simulation.restart("n3");
    var leader = scene.leader();
    simulation.crash(other(leader));
    assertThat(scene.total.ask(leader, 0L)).isEqualTo(400);
  }

  /** Breaks if it is sent payloads before the group is told that it is one. */
  @SimulationTest(nodes = 5, seeds = 10)
  @DisplayName("one is let in, another takes its place, and a full replica can't become one")
  void letIn(Simulation simulation) {
    var scene = Scene.witnessed(simulation);
    var admin = scene.total.on("n1").admin();
    long sum = scene.total.ask("n1", 2L);
    var n3 = simulation.member("n3").store();
    var replaced =
        simulation.await(
            admin.change(1, Change.addWitness(simulation.member("n4")).and(Change.remove(n3))));

    assertThat(replaced.membership().witnesses()).containsExactly(simulation.member("n4").store());
    refused(simulation, scene, replaced, Change.promote(simulation.member("n4").store()));
    refused(simulation, scene, replaced, Change.addWitness(simulation.member("n2")));
    refused(simulation, scene, replaced, Change.addWitness(simulation.member("n5")));
    var leader = scene.leader();
    simulation.crash(other(leader));
    assertThat(scene.total.ask(leader, 1L)).isEqualTo(sum + 1);
  }

  private static void refused(
      Simulation simulation, Scene scene, Configuration now, Change change) {
    var admin = scene.total.on("n1").admin();
    assertThatThrownBy(() -> simulation.await(admin.change(now.version(), change)))
        .hasStackTraceContaining("RejectedException");
  }

  private static String other(String leader) {
    return leader.equals("n1") ? "n2" : "n1";
  }
}
