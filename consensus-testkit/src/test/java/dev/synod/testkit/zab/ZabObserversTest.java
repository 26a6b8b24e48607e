package dev.synod.testkit.zab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.Total;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

/** ZooKeeper's observers: they scale reads, and cost writes nothing. */
@Tag("slow")
@DisplayName("Servers of ZAB that observe")
class ZabObserversTest {

  private static final int WRITES = 50;
  private static final List<String> VOTERS = List.of("n1", "n2", "n3");
  private static final List<String> OBSERVERS = List.of("n4", "n5", "n6", "n7", "n8");

  private static SimulatedGroup<Long, Long> observed(Simulation simulation) {
    var founders = simulation.members().withObservers(OBSERVERS.toArray(String[]::new));
    var group = simulation.start("total", founders, Total::new, Zab.protocol());
    group.ask("n1", 0L);
    return group;
  }

  private static String leader(SimulatedGroup<Long, Long> group) {
    return group.view().replicas().stream()
        .filter(ReplicaView::leads)
        .map(ReplicaView::node)
        .findFirst()
        .orElseThrow();
  }

  /** Breaks if anything that an observer does or does not do is waited for, or counted. */
  @SimulationTest(nodes = 8, seeds = 10)
  @DisplayName("cost the others no message, and get one of each commit")
  void costNothing(Simulation simulation) {
    var group = observed(simulation);
    simulation.advance(Duration.ofSeconds(2));
    var leader = leader(group);
    group.ask(leader, 0L);
    simulation.advance(Duration.ofSeconds(1));
    var among = new MessageCount((from, to) -> VOTERS.contains(from) && VOTERS.contains(to));
    simulation.world().network().tracker(among);

    write(simulation, group, leader);

    assertThat(VOTERS).contains(leader);
    assertThat(among.of("Propose")).isEqualTo(2L * WRITES);
    assertThat(among.of("Ack")).isEqualTo(2L * WRITES);
    assertThat(among.of("Commit")).isEqualTo(2L * WRITES);

    var told = new MessageCount((from, to) -> OBSERVERS.contains(to));
    simulation.world().network().tracker(told);

    write(simulation, group, leader);

    assertThat(told.of("Inform")).isEqualTo(5L * WRITES);
    assertThat(told.of("Propose") + told.of("Commit")).isZero();
  }

  /** The same counts as with observers. */
  @SimulationTest(nodes = 3, seeds = 10)
  @DisplayName("are not missed: without any, the others send each other as much")
  void without(Simulation simulation) {
    var group = simulation.start("total", Total::new, Zab.protocol());
    group.ask("n1", 0L);
    simulation.advance(Duration.ofSeconds(2));
    var leader = leader(group);
    group.ask(leader, 0L);
    simulation.advance(Duration.ofSeconds(1));
    var among = new MessageCount((from, to) -> true);
    simulation.world().network().tracker(among);

    write(simulation, group, leader);

    assertThat(among.of("Propose")).isEqualTo(2L * WRITES);
    assertThat(among.of("Ack")).isEqualTo(2L * WRITES);
    assertThat(among.of("Commit")).isEqualTo(2L * WRITES);
    assertThat(among.of("Inform")).isZero();
  }

  /** One after the other, so that none travels with another. */
  private static void write(
      Simulation simulation, SimulatedGroup<Long, Long> group, String leader) {
    for (int i = 0; i < WRITES; i++) {
      group.ask(leader, 1L);
      simulation.advance(Duration.ofMillis(20));
    }
  }

  /** Breaks if a write waits for an observer. */
  @SimulationTest(nodes = 8, seeds = 5)
  @DisplayName("may all be down, and come back to what was done meanwhile")
  void mayBeDown(Simulation simulation) {
    var group = observed(simulation);
    OBSERVERS.forEach(simulation::crash);

    for (long i = 1; i <= 100; i++) {
      assertThat(group.ask(leader(group), 1L)).isEqualTo(i);
    }

    OBSERVERS.forEach(simulation::restart);
    for (String node : OBSERVERS) {
      assertThat(simulation.await(group.on(node).read(0L, Read.linearizable()))).isEqualTo(100);
    }
  }

  /** Breaks if an observer stands for election, or is counted in a quorum. */
  @SimulationTest(nodes = 8, seeds = 5)
  @DisplayName("make no quorum, however many they are")
  void makeNoQuorum(Simulation simulation) {
    var group = observed(simulation);
    assertThat(group.ask("n4", 7L)).isEqualTo(7);
    simulation.crash("n2");
    simulation.crash("n3");

    var write = group.on("n5").propose(1L).toCompletableFuture();
    simulation.advance(Duration.ofSeconds(20));

    assertThat(group.view().replicas()).noneMatch(one -> one.isUp() && one.leads());
    assertThat(write.isDone() && write.join() instanceof Outcome.Ok).isFalse();
    simulation.restart("n2");
    assertThat(group.ask("n6", 10L)).isBetween(17L, 18L);
  }
}
