package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import dev.synod.paxos.Paxos;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.scenario.Whim.Shows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A state machine that is not deterministic")
class ConsistencyScenariosTest {

  private static final List<String> NODES = List.of("n1", "n2", "n3");

  /** A few times of those at which a leader looks. */
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private Noted noted = new Noted(Raft.protocol());
  private int copies;

  /** Breaks if nobody compares, or if it is the leader that is always right. */
  @SimulationTest(seeds = 20)
  @DisplayName("on one replica, seen by a reply: that one is quarantined, the others serve")
  void oneReplies(Simulation simulation) {
    var group = start(simulation, Shows.IN_REPLIES, 1);

    write(simulation, group, 30);

    oneIsQuarantined(simulation, group);
  }

  /** Breaks if Multi-Paxos does not ask for digests, or does not hear them. */
  @SimulationTest(seeds = 10)
  @DisplayName("on one replica of Multi-Paxos: that one is quarantined, too")
  void oneOfPaxos(Simulation simulation) {
    noted = new Noted(Paxos.protocol());
    var group = start(simulation, Shows.IN_REPLIES, 1);

    write(simulation, group, 30);

    oneIsQuarantined(simulation, group);
  }

  /** Breaks if only replies are compared. */
  @SimulationTest(seeds = 20)
  @DisplayName("on one replica, hidden in its state: that one is quarantined, too")
  void oneHides(Simulation simulation) {
    var group = start(simulation, Shows.IN_THE_STATE, 1);

    write(simulation, group, 30);

    oneIsQuarantined(simulation, group);
  }

  /** Breaks if a restart forgets that it must be compared, or if it is never trusted again. */
  @SimulationTest(seeds = 20)
  @DisplayName("a quarantined replica that was only ill is well after a restart")
  void restart(Simulation simulation) {
    var group = start(simulation, Shows.IN_REPLIES, 1);
    write(simulation, group, 20);
    simulation.eventually("one fails", () -> noted.failed.size() == 1, WITHIN);

    var ill = noted.failed.get(0);
    simulation.crash(ill);
    simulation.restart(ill);
    write(simulation, group, 100);
    simulation.advance(WITHIN);

    assertThat(noted.failed).hasSize(1);
    assertThat(group.ask(ill, 0L)).isEqualTo(120);
  }

  /** Breaks if one of them is taken to be right. */
  @SimulationTest(seeds = 20)
  @DisplayName("on all replicas: nobody is quarantined, and the leader says what is wrong")
  void all(Simulation simulation) {
    var group = start(simulation, Shows.IN_REPLIES, 3);

    write(simulation, group, 30);
    simulation.eventually("it is noticed", () -> noted.diverged > 0, WITHIN);

    assertThat(noted.failed).isEmpty();
    assertThat(simulation.await(group.on("n1").status()).trouble())
        .hasValueSatisfying(text -> assertThat(text).contains("not deterministic"));
  }

  /**
   * Breaks if the order of sets, or what a snapshot's decoder makes of numbers, is a difference.
   */
  @SimulationTest(seeds = 20)
  @DisplayName("none: no alarm, though replicas restart, and sets have another order")
  void none(Simulation simulation) {
    var group = start(simulation, Shows.IN_THE_STATE, 0);

    for (String node : NODES) {
      write(simulation, group, 70);
      simulation.crash(node);
      write(simulation, group, 70);
      simulation.restart(node);
    }
    simulation.advance(WITHIN);

    assertThat(noted.failed).isEmpty();
    assertThat(noted.diverged).isZero();
  }

  private SimulatedGroup<Long, Long> start(Simulation simulation, Shows shows, int odd) {
    return simulation.start("whim", () -> new Whim(++copies <= odd ? copies : 0, shows), noted);
  }

  /** A leader that is quarantined refuses what it is asked: then another one is. */
  private static void write(Simulation simulation, SimulatedGroup<Long, Long> group, int times) {
    for (int i = 0; i < times; i++) {
      var node = NODES.get(i % NODES.size());
      var from = group.on(group.isUp(node) ? node : NODES.get((i + 1) % NODES.size()));
      while (!(simulation.await(from.propose(1L)) instanceof Outcome.Ok)) {
        simulation.advance(Duration.ofMillis(100));
      }
    }
  }

  private void oneIsQuarantined(Simulation simulation, SimulatedGroup<Long, Long> group) {
    simulation.eventually("one fails", () -> noted.failed.size() == 1, WITHIN);
    write(simulation, group, 30);
    simulation.advance(WITHIN);

    assertThat(noted.failed).hasSize(1);
    assertThat(noted.diverged).isPositive();
  }
}
