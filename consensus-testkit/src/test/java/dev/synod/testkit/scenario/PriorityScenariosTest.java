package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.raft.Raft;
import dev.synod.raft.RaftSettings;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Fault;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A node of a higher priority leads")
class PriorityScenariosTest {

  private static final Duration LEADS_WITHIN = Duration.ofSeconds(20);

  @SimulationTest(seeds = 10)
  @DisplayName("at first, and again after it was away")
  void comesBack(Simulation simulation) {
    var scene = Scene.of(simulation, new OneIsWanted());
    leads(scene, "n3");
    simulation.crash("n3");
    scene.advance(1000);
    assertThat(scene.leader()).isNotEqualTo("n3");
    scene.settle(scene.write("n1", 200));
    simulation.restart("n3");

    leads(scene, "n3");

    assertThat(scene.total.ask("n1", 0L)).isEqualTo(200);
  }

  /** Breaks if leadership goes there as soon as it is heard: an outage with every period. */
  @SimulationTest(seeds = 10)
  @DisplayName("but a link that goes up and down does not move the lead up and down for ever")
  void noPingPong(Simulation simulation) {
    var scene = Scene.of(simulation, new OneIsWanted());
    leads(scene, "n3");
    var period = Duration.ofSeconds(5);
    simulation.apply(new Fault.Flapping("n3", "n1", period));
    simulation.apply(new Fault.Flapping("n3", "n2", period));
    scene.advance(60_000);
    long before = scene.replica(scene.leader()).epoch();

    scene.advance(120_000);

    assertThat(scene.replica(scene.leader()).epoch() - before).isLessThanOrEqualTo(2);
  }

  private static void leads(Scene scene, String node) {
    scene.simulation.eventually(
        node + " leads",
        () -> scene.leading().filter(one -> one.node().equals(node)).isPresent(),
        LEADS_WITHIN);
  }

  /** Raft, where n3 is wanted most. */
  private record OneIsWanted() implements Protocol {

    @Override
    public String name() {
      return "raft";
    }

    @Override
    public void check(Config system) {
      Raft.protocol().check(system);
    }

    @Override
    public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
      int priority = setup.self().node().name().equals("n3") ? 5 : 1;
      var settings =
          ConfigFactory.parseString("synod.raft.priority = " + priority)
              .withFallback(GroupSettings.smallLogs())
              .getConfig("synod.raft");
      return Raft.protocol(RaftSettings.from(settings)).replica(setup);
    }
  }
}
