package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Read;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.invariant.ReplicaView;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("What goes wrong when leaders come and go")
class LeadershipScenariosTest {

  /** LOG-05. Breaks if followers take appends of a term that is over (Fig. 2, receiver 1). */
  @SimulationTest(seeds = 20)
  @DisplayName("a leader that paused for five seconds was replaced: its late writes all fail")
  void pausedLeader(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var other = scene.others(old).get(0);
    long epoch = scene.replica(old).epoch();
    scene.total.ask(other, 1L);
    scene.advance(500);
    long agreed = scene.replica(other).last();
    scene.write(old, 5);
    simulation.freeze(old);

    scene.advance(5000);
    long sum = scene.total.ask(other, 10L);
    simulation.thaw(old);
    simulation.eventually(
        "the old leader gives way", () -> !scene.replica(old).leads(), Duration.ofSeconds(1));
    scene.advance(2000);

    assertThat(scene.total.ask(old, 0L)).isBetween(sum, sum + 5);
    for (ReplicaView replica : scene.up()) {
      assertThat(replica.epoch()).isGreaterThan(epoch);
      for (long index = agreed + 1; index <= replica.committed(); index++) {
        assertThat(replica.epochAt(index)).isGreaterThan(epoch);
      }
    }
  }

  /**
   * The leader dies at the moment at which it acknowledges, so its followers have the entry and
   * don't know that it is committed. Breaks if a new leader answers reads before an entry of its
   * own term is committed (§8).
   */
  @SimulationTest(seeds = 50)
  @DisplayName("a new leader answers no read before it knows what was committed before it")
  void readAtOnce(Simulation simulation) {
    var scene = Scene.of(simulation);
    for (long round = 1; round <= 5; round++) {
      var old = scene.leader();
      assertThat(scene.total.ask(old, 1L)).isEqualTo(round);
      simulation.crash(old);
      simulation.eventually(
          "another leads",
          () -> scene.up().stream().anyMatch(ReplicaView::leads),
          Scene.ELECTED_WITHIN);
      var leader = scene.up().stream().filter(ReplicaView::leads).findFirst().orElseThrow().node();

      var read = simulation.await(scene.total.on(leader).read(0L, Read.linearizable()));

      assertThat(read).isEqualTo(round);
      simulation.restart(old);
    }
  }

  /** Breaks if a leader confirms a read by its own word, without a round of its quorum (§8). */
  @SimulationTest(seeds = 20)
  @DisplayName("a leader that was replaced and does not know it answers no read from its past")
  void readOfTheCutOff(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var others = scene.others(old);
    simulation.partition(old + " | " + String.join(",", others));
    var early = scene.total.on(old).read(0L, Read.linearizable()).toCompletableFuture();
    simulation.eventually(
        "another leads",
        () -> others.stream().anyMatch(name -> scene.replica(name).leads()),
        Scene.ELECTED_WITHIN);
    assertThat(scene.total.ask(others.get(0), 7L)).isEqualTo(7);
    var late = scene.total.on(old).read(0L, Read.linearizable()).toCompletableFuture();
    scene.advance(100);
    assertThat(early.isDone() && !early.isCompletedExceptionally()).isFalse();

    simulation.heal();

    assertThat(simulation.await(late)).isEqualTo(7);
  }

  /** Breaks if the index at {@code n / 2} of the ascending matches is taken for the quorum's. */
  @SimulationTest(nodes = 4, seeds = 10)
  @DisplayName("in a group of four, what two servers hold is not committed")
  void halfIsNoQuorum(Simulation simulation) {
    var scene = Scene.of(simulation);
    var leader = scene.leader();
    var with = scene.others(leader).get(0);
    long sum = scene.total.ask(leader, 1L);
    simulation.partition(
        leader + "," + with + " | " + String.join(",", scene.others(leader, with)));

    var writes = scene.write(leader, 3);
    scene.advance(5000);

    assertThat(Scene.acknowledged(writes)).isZero();
    assertThat(scene.up()).noneMatch(ReplicaView::leads);
    simulation.heal();
    assertThat(scene.total.ask(with, 0L)).isBetween(sum, sum + 3);
  }
}
