package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Read;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.paxos.Paxos;
import dev.synod.paxos.QuorumSystem;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.Total;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A group of Multi-Paxos")
class PaxosScenariosTest {

  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final List<String> FIVE = List.of("n1", "n2", "n3", "n4", "n5");

  /** Breaks if members are not read by a quorum, or if a backup is not where a group may begin. */
  @SimulationTest(seeds = 10)
  @DisplayName("is backed up while it runs, and another one goes on from there")
  void backup(Simulation simulation) {
    var total = simulation.start("total", Total::new, Paxos.protocol());
    assertThat(total.ask("n1", 7L)).isEqualTo(7);
    var file = new SnapshotFile(new MemoryDisk(new Random(1)), "total-" + simulation.seed());
    simulation.await(simulation.backUp("n2", "total", file));

    var next = new Simulation(simulation.seed(), 3, Profile.CALM);
    var restored = next.restore("total", file, Total::new, Paxos.protocol());
    assertThat(restored.ask("n3", 1L)).isEqualTo(8);
    next.crash("n1");
    assertThat(restored.ask("n2", 5L)).isEqualTo(13);
    next.restart("n1");
    next.crash("n2");
    assertThat(restored.ask("n1", 1L)).isEqualTo(14);
  }

  /** Breaks if a replica that does not propose refuses, or answers what it happens to have. */
  @SimulationTest(seeds = 10)
  @DisplayName("answers fresh reads on each node")
  void reads(Simulation simulation) {
    var total = simulation.start("total", Total::new, Paxos.protocol());
    for (long i = 1; i <= 5; i++) {
      total.ask("n1", 1L);
      for (String node : List.of("n1", "n2", "n3")) {
        var read = simulation.await(total.on(node).read(0L, Read.linearizable()));
        assertThat(read).isEqualTo(i);
      }
    }
  }

  /** Breaks if fewer than two accept, or if a proposer comes up with fewer than four. */
  @SimulationTest(seeds = 10)
  @DisplayName("with quorums of 4 and 2 goes on with two, and chooses a proposer with four")
  void quorums(Simulation unused) {
    var simulation = new Simulation(unused.seed(), 5, Profile.CALM);
    var protocol = Paxos.protocol(QuorumSystem.sizes(4, 2));
    var total = simulation.start("total", Total::new, protocol);
    assertThat(total.ask("n1", 1L)).isEqualTo(1);
    var leader = FIVE.stream().filter(name -> leads(simulation, name)).findFirst().orElseThrow();
    var others = FIVE.stream().filter(name -> !name.equals(leader)).toList();

    others.subList(0, 3).forEach(simulation::crash);
    assertThat(total.ask(leader, 1L)).isEqualTo(2);
    simulation.crash(leader);
    others.subList(0, 2).forEach(simulation::restart);
    simulation.advance(WITHIN);
    assertThat(List.of(others.get(0), others.get(1), others.get(3)))
        .noneMatch(name -> leads(simulation, name));
    simulation.restart(others.get(2));
    assertThat(total.ask(others.get(3), 1L)).isEqualTo(3);
  }

  private static boolean leads(Simulation simulation, String node) {
    return simulation.status(node, "total").filter(it -> it.role().equals("leader")).isPresent();
  }
}
