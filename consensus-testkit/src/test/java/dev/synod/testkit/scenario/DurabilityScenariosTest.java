package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.invariant.ReplicaView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("What goes wrong between memory and disk")
class DurabilityScenariosTest {

  /** Breaks if a vote's answer does not wait for the disk (the shell's gate). */
  @SimulationTest(seeds = 10)
  @DisplayName("a vote that the disk has not taken is not given")
  void voteBeforeSync(Simulation simulation) {
    var scene = Scene.of(simulation);
    var leader = scene.leader();
    var voter = scene.others(leader).get(0);
    simulation.crash(leader);
    scene.stickDisk(voter);

    scene.advance(5000);

    assertThat(scene.up()).noneMatch(ReplicaView::leads);
    simulation.crash(voter);
    simulation.restart(voter);
    assertThat(scene.leader()).isNotEqualTo(leader);
  }

  /**
   * Each voter crashes as soon as it is in a new term, and is up again before the election is over.
   * Breaks if term and vote are not saved, or are not read at the start.
   */
  @SimulationTest(nodes = 5, seeds = 30)
  @DisplayName("a vote binds after a restart in the midst of the election")
  void forgottenVote(Simulation simulation) {
    var scene = Scene.of(simulation);
    for (int round = 0; round < 5; round++) {
      var leader = scene.leader();
      long epoch = scene.replica(leader).epoch();
      simulation.crash(leader);
      for (String voter : scene.others(leader)) {
        simulation.eventually(
            voter + " is in a new term",
            () -> scene.replica(voter).epoch() > epoch,
            Scene.ELECTED_WITHIN);
        simulation.crash(voter);
        simulation.restart(voter);
      }
      simulation.restart(leader);
      scene.leader();
    }
  }

  /** Breaks if a leader counts itself before its own disk has the entry (§5.3). */
  @SimulationTest(nodes = 1, seeds = 20)
  @DisplayName("a single voter acknowledges nothing that its disk has not taken")
  void singleVoter(Simulation simulation) {
    var scene = Scene.of(simulation);
    long before = scene.total.ask("n1", 1L);
    scene.stickDisk("n1");

    var writes = scene.write("n1", 5);
    scene.advance(3000);

    assertThat(Scene.acknowledged(writes)).isZero();
    simulation.crash("n1");
    simulation.restart("n1");
    assertThat(scene.total.ask("n1", 0L)).isEqualTo(before);
  }

  /**
   * Five servers. The old leader and its neighbour hold entries that nobody else has, on the
   * neighbour's disk they are under way; a new leader replaces them at the same indexes. Breaks if
   * the durable mark of the replaced entries counts for those in their place (ABA), or if a gate is
   * released that was meant for what was truncated.
   */
  @SimulationTest(nodes = 5, seeds = 20)
  @DisplayName("a late word of the disk about entries that were replaced confirms nothing")
  void staleDurableMark(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var neighbour = scene.others(old).get(0);
    var rest = String.join(",", scene.others(old, neighbour));
    simulation.partition(old + "," + neighbour + " | " + rest);
    scene.stickDisk(neighbour);
    scene.write(old, 7);
    scene.advance(200);
    simulation.world().network().links().mendAll();
    simulation.partition(old + " | " + neighbour + "," + rest);

    var leader = scene.leader();
    long last = scene.replica(leader).last();
    simulation.eventually(
        "the entries are replaced",
        () -> scene.replica(neighbour).last() >= last,
        Scene.ELECTED_WITHIN);
    scene.unstickDisk(neighbour);
    scene.advance(2);
    simulation.crash(neighbour);
    simulation.restart(neighbour);
    simulation.heal();

    assertThat(scene.total.ask(neighbour, 1L)).isPositive();
  }

  /**
   * Snapshots come often, and the power goes in the midst of writes, torn or not. Breaks if the
   * state and the place up to which it was applied are not saved as one: entries are applied twice,
   * or never.
   */
  @SimulationTest(seeds = 20)
  @DisplayName("a crash between applying and saving applies nothing twice and leaves nothing out")
  void appliedPosition(Simulation simulation) {
    var scene = Scene.of(simulation);
    long acknowledged = 0;
    long asked = 0;
    var victim = scene.others(scene.leader()).get(0);
    for (int round = 0; round < 8; round++) {
      simulation.apply(new Fault.CrashInWrite(victim, 3 + 7 * round, Tear.ANY_SECTORS_KEPT));
      var from = scene.others(victim).get(0);
      var writes = scene.write(from, 50);
      scene.settle(writes);
      asked += writes.size();
      acknowledged += Scene.acknowledged(writes);
      simulation.heal();
      scene.advance(500);
    }

    assertThat(scene.total.ask(victim, 0L)).isBetween(acknowledged, asked);
    assertThat(acknowledged).isGreaterThan(300);
  }
}
