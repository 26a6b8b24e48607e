package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.Change;
import dev.synod.actors.GroupAdmin;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.QuorumLoss;
import dev.synod.actors.node.QuorumLoss.Forced;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.log.LogSettings;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

/** Three of five disks are lost; the group goes on by what is left on one of the others. */
@DisplayName("After the loss of a quorum")
@Tag("slow")
class QuorumLossSimulationTest {

  private static final GroupId GROUP = new GroupId("total");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @SimulationTest(nodes = 5, seeds = 10)
  @DisplayName("a forced configuration serves again, lets others in, and fences old members")
  void servesAgain(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    assertThat(total.ask("n1", 5L)).isEqualTo(5);
    assertThat(total.ask("n2", 2L)).isEqualTo(7);
    simulation.advance(Duration.ofSeconds(1));
    List.of("n1", "n2", "n3", "n4", "n5").forEach(simulation::crash);
    List.of("n4", "n5").forEach(node -> simulation.apply(new Fault.Wipe(node)));

    assertThat(look(simulation, "n2").lastIndex()).isEqualTo(look(simulation, "n1").lastIndex());
    var forced = tool(simulation).force(disk(simulation, "n1"), GROUP, Raft.protocol());
    simulation.forced("total");
    simulation.restart("n1");

    assertThat(forced.before().voters()).hasSize(5);
    assertThat(total.ask("n1", 3L)).isEqualTo(10);
    List.of("n2", "n3", "n4", "n5").forEach(simulation::restart);
    simulation.eventually("old members stop", () -> isFenced(simulation, "n2", "n3"), PATIENCE);
    assertThat(total.ask("n1", 1L)).isEqualTo(11);
    assertThat(names(configuration(simulation, total.on("n1").admin()))).containsExactly("n1");

    simulation.apply(new Fault.Wipe("n2"));
    simulation.restart("n2");
    letIn(simulation, total, "n2", "n4", "n5");
    assertThat(total.ask("n4", 4L)).isEqualTo(15);
    simulation.crash("n1");
    assertThat(total.ask("n5", 1L)).isEqualTo(16);
  }

  @SimulationTest(seeds = 3)
  @DisplayName("a survivor whose newest snapshot is ahead of its log goes on behind that")
  void snapshotAheadOfTheLog(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    assertThat(total.ask("n2", 5L)).isEqualTo(5);
    var file = new SnapshotFile(new MemoryDisk(new Random(1)), "now");
    simulation.crash("n1");
    for (int i = 0; i < 20; i++) {
      total.ask("n3", 1L);
    }
    var last = simulation.await(simulation.backUp("n2", "total", file)).index();
    var configuration = configuration(simulation, total.on("n2").admin());
    List.of("n2", "n3").forEach(simulation::crash);
    receive(file, disk(simulation, "n1"), configuration);

    assertThat(look(simulation, "n1").lastIndex()).isEqualTo(last);
    tool(simulation).force(disk(simulation, "n1"), GROUP, Raft.protocol());
    simulation.forced("total");
    simulation.restart("n1");

    assertThat(total.ask("n1", 1L)).isEqualTo(26);
    assertThat(names(configuration(simulation, total.on("n1").admin()))).containsExactly("n1");
  }

  @SimulationTest(seeds = 3)
  @DisplayName("a witness is refused: it has no state to go on from")
  void witness(Simulation simulation) {
    var founders = simulation.members().withWitnesses("n3");
    var total = simulation.start("total", founders, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 5L)).isEqualTo(5);
    simulation.advance(Duration.ofSeconds(1));
    List.of("n1", "n2", "n3").forEach(simulation::crash);

    assertThatThrownBy(() -> look(simulation, "n3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a witness");
    assertThatThrownBy(() -> tool(simulation).force(disk(simulation, "n3"), GROUP, Raft.protocol()))
        .hasMessageContaining("restore a backup");
    assertThat(look(simulation, "n1").survivor().node().name()).isEqualTo("n1");
  }

  /** As a replica that receives a snapshot writes it, just before the power goes. */
  private static void receive(SnapshotFile from, MemoryDisk disk, Configuration members) {
    var found = from.checked();
    try (var reader = from.open(found);
        var writer = new FileSnapshots(disk, GROUP, 2).begin(found.position(), members.encode())) {
      writer.append(reader.read(0, (int) found.size()));
      writer.commit();
    }
  }

  private static Forced look(Simulation simulation, String node) {
    return tool(simulation).look(disk(simulation, node), GROUP, Raft.protocol());
  }

  private static MemoryDisk disk(Simulation simulation, String node) {
    return simulation.world().machine(node).disk().memory();
  }

  private static QuorumLoss tool(Simulation simulation) {
    return new QuorumLoss(settings(), new Random(simulation.seed()));
  }

  private static LogSettings settings() {
    return ConsensusSettings.from(GroupSettings.smallLogs().getConfig("synod")).log();
  }

  private static boolean isFenced(Simulation simulation, String... nodes) {
    return List.of(nodes).stream()
        .allMatch(
            node ->
                simulation
                    .status(node, "total")
                    .flatMap(ReplicaStatus::trouble)
                    .filter(trouble -> trouble.contains("forced to go on without"))
                    .isPresent());
  }

  private static void letIn(
      Simulation simulation, SimulatedGroup<Long, Long> total, String... nodes) {
    for (String node : nodes) {
      var seen = configuration(simulation, total.on("n1").admin());
      simulation.await(
          total.on("n1").admin().change(seen.version(), Change.add(simulation.member(node))));
    }
  }

  private static Configuration configuration(Simulation simulation, GroupAdmin admin) {
    return simulation.await(admin.configuration());
  }

  private static List<String> names(Configuration configuration) {
    return configuration.members().stream().map(member -> member.node().name()).toList();
  }
}
