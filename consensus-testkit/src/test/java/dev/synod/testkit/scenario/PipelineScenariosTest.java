package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("What goes wrong in a pipeline of appends")
class PipelineScenariosTest {

  /** Ten milliseconds there and back. */
  private static final LinkQuality FAR =
      new LinkQuality(Duration.ofMillis(5), Duration.ZERO, 0, 0, 0);

  private static final int WRITES = 200;

  /** LOG-10. Breaks if a leader waits for each answer: the window would be of no use. */
  @Test
  @DisplayName("at ten milliseconds, five appends in flight take more writes than one")
  void windowPays() {
    var alone = timeOfWrites(1);
    var five = timeOfWrites(5);

    assertThat(five.multipliedBy(3)).isLessThan(alone);
  }

  /** Each append carries one entry. */
  private static Duration timeOfWrites(int inFlight) {
    var config =
        ConfigFactory.parseString(
                "synod.raft { entries-per-append-max = 1, appends-in-flight-max = %d }"
                    .formatted(inFlight))
            .withFallback(GroupSettings.smallLogs());
    var simulation = new Simulation(1, 3, Profile.CALM, config);
    var scene = Scene.of(simulation);
    var leader = scene.leader();
    simulation.world().network().quality(FAR);
    scene.advance(500);
    long since = simulation.world().engine().nanoTime();
    var writes = scene.write(leader, WRITES);
    scene.settle(writes);
    assertThat(Scene.acknowledged(writes)).isEqualTo(WRITES);
    return Duration.ofNanos(simulation.world().engine().nanoTime() - since);
  }

  /**
   * LOG-10. The first of several appends is lost, those behind it arrive. Breaks if a follower
   * takes entries that do not follow its own (Fig. 2, receiver 2).
   */
  @SimulationTest(seeds = 30)
  @DisplayName("a lost first append never makes a log of another order")
  void lostFirst(Simulation simulation) {
    var scene = Scene.of(simulation);
    simulation.world().network().quality(FAR);
    var leader = scene.leader();
    var follower = scene.others(leader).get(0);
    for (int round = 0; round < 5; round++) {
      simulation.apply(new Fault.OneWay(leader, follower));
      var writes = scene.write(leader, 3);
      scene.advance(3);
      simulation.world().network().links().mendAll();
      writes.addAll(scene.write(leader, 3));
      scene.settle(writes);
      assertThat(Scene.acknowledged(writes)).isEqualTo(6);
    }
    scene.advance(1000);

    assertThat(scene.replica(follower).committed()).isEqualTo(scene.replica(leader).committed());
  }
}
