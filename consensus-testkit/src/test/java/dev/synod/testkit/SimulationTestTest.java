package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A simulation test")
class SimulationTestTest {

  // snippet: simulation
  @SimulationTest(seeds = 3)
  @DisplayName("runs a state machine through a partition, a crash and a healed end")
  void userStateMachine(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    assertThat(total.ask("n1", 5L)).isEqualTo(5);

    simulation.partition("n1 | n2,n3");
    assertThat(total.ask("n2", 3L)).isEqualTo(8);
    simulation.crash("n3");
    simulation.heal();

    assertThat(total.ask("n1", 2L)).isEqualTo(10);
    assertThat(total.ask("n3", 0L)).isEqualTo(10);
  }

  // end snippet

  @SimulationTest(seeds = 3, profile = Profile.FLAKY)
  @DisplayName("keeps what was acknowledged through random faults")
  void randomFaults(Simulation simulation) {
    var total = simulation.start("total", Total::new, Raft.protocol());
    total.ask("n1", 1L);

    simulation.storm(Duration.ofSeconds(10));
    simulation.heal();

    assertThat(total.ask("n2", 0L)).isEqualTo(1);
    assertThat(simulation.story()).isNotEmpty();
  }

  @SimulationTest(seeds = 2)
  @DisplayName("runs actors of the test's own, which a crash ends")
  void ownActors(Simulation simulation) {
    var heard = new ArrayList<String>();
    var ear =
        simulation.spawn(
            "n1",
            Behaviors.<String>receiveMessage(
                message -> {
                  heard.add(message);
                  return Behaviors.same();
                }),
            "ear");

    ear.tell("before");
    simulation.advance(Duration.ofSeconds(1));
    simulation.crash("n1");
    ear.tell("after");
    simulation.advance(Duration.ofSeconds(1));

    assertThat(heard).containsExactly("before");
  }

  @SimulationTest(seeds = 1)
  @DisplayName("says so if something does not come true in virtual time")
  void eventuallyGivesUp(Simulation simulation) {
    assertThatThrownBy(() -> simulation.eventually("a miracle", () -> false, Duration.ofHours(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a miracle");
  }
}
