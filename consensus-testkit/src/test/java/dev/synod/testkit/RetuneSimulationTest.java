package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.raft.Raft;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;

/** Settings that change under a running group, on each node for itself. */
@DisplayName("Settings changed at run time")
class RetuneSimulationTest {

  @SimulationTest(seeds = 20, profile = Profile.FLAKY)
  @DisplayName("break nothing, whatever they are and whenever they change")
  void breakNothing(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    var draw = Draw.of(simulation.seed(), "settings");
    for (long round = 1; round <= 8; round++) {
      for (String node : simulation.world().names()) {
        total.node(node).change(drawn(draw));
      }
      simulation.storm(Duration.ofSeconds(2));
      simulation.heal();
      assertThat(total.ask("n1", 1L)).isEqualTo(round);
    }
  }

  @SimulationTest(seeds = 5)
  @DisplayName("are seen at once: a lower threshold takes a snapshot")
  void areSeen(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    for (int i = 1; i <= 20; i++) {
      assertThat(total.ask("n1", 1L)).isEqualTo(i);
    }
    assertThat(total.replica("n2").snapshotIndex()).isZero();

    // snippet: change
    total.node("n2").change(ConfigFactory.parseString("synod.raft.snapshot-after-entries = 10"));
    // end snippet
    assertThat(total.ask("n1", 1L)).isEqualTo(21);
    simulation.advance(Duration.ofSeconds(2));

    assertThat(total.replica("n2").snapshotIndex()).isGreaterThan(10);
    assertThat(total.replica("n3").snapshotIndex()).isZero();
  }

  private static Config drawn(Draw draw) {
    return ConfigFactory.parseString(
        String.format(
            Locale.ROOT,
            """
            synod.raft {
              heartbeat-interval = %dms
              entries-per-append-max = %d
              appends-in-flight-max = %d
              gated-effects-max = %d
              entries-per-apply-max = %d
              entries-ahead-max = %d
              snapshot-after-entries = %d
              snapshot-tail-entries = %d
            }
            synod.client { window-max = %d, batch-entries-max = %d, ask-timeout = %dms }
            """,
            5 + draw.nextLong(140),
            1 + draw.nextLong(20),
            1 + draw.nextLong(6),
            1 + draw.nextLong(200),
            1 + draw.nextLong(5),
            5 + draw.nextLong(50),
            1 + draw.nextLong(60),
            draw.nextLong(30),
            1 + draw.nextLong(50),
            1 + draw.nextLong(10),
            10_000 + draw.nextLong(10_000)));
  }
}
