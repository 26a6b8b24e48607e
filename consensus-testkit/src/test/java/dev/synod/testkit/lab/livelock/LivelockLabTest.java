package dev.synod.testkit.lab.livelock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.synod.raft.Raft;
import dev.synod.raft.RaftSettings;
import dev.synod.testkit.Total;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Two proposers that wait, when refused,")
class LivelockLabTest {

  private static final Duration PAUSE = Duration.ofMillis(2);

  @Test
  @DisplayName("always as long, and shorter than a round takes, decide nothing in 3,000 rounds")
  void fixed() {
    var duel = Duel.of(1, BackOff.fixed(PAUSE), LabWorld.STEADY);

    assertThat(duel.decided()).isEmpty();
    assertThat(duel.rounds()).isGreaterThan(3_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @DisplayName("at random, decide one thing within 20 rounds")
  void random(long seed) {
    var duel = Duel.of(seed, BackOff.random(PAUSE), LabWorld.STEADY);

    assertThat(duel.decided()).hasSize(1);
    assertThat(duel.rounds()).isLessThan(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @DisplayName("always as long, are saved by a network that wavers, and never decide two things")
  void wavering(long seed) {
    var wavering = new LinkQuality(Duration.ofMillis(1), Duration.ofMillis(2), 0, 0, 0);

    var duel = Duel.of(seed, BackOff.fixed(PAUSE), wavering);

    assertThat(duel.decided()).hasSize(1);
  }

  @Test
  @DisplayName("longer than a round takes, end this duel, but who knows how long a round takes?")
  void longer() {
    assertThat(Duel.of(1, BackOff.fixed(Acceptor.WRITE.multipliedBy(2)), LabWorld.STEADY).decided())
        .hasSize(1);
  }

  @Test
  @DisplayName("are not to be had with Synod: its settings refuse a wait that is not random")
  void synodRefusesFixedWaits() {
    var config =
        ConfigFactory.parseString(
                "synod.raft.election-timeout-max = 300ms, "
                    + "synod.raft.election-timeout-min = 300ms")
            .withFallback(ConfigFactory.load())
            .getConfig("synod.raft");

    assertThatThrownBy(() -> RaftSettings.from(config)).hasMessageContaining("split again");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @DisplayName("as Synod's candidates do, elect within five terms")
  void synodElects(long seed) {
    var synod = LabWorld.synod(seed, 5);
    var total = synod.start("total", Total::new, Raft.protocol());
    total.ask("n1", 1L);
    var leader = LabWorld.leaderOf(synod, total);
    var asker = leader.equals("n1") ? "n2" : "n1";
    long before = synod.await(total.on(asker).status()).term();

    synod.crash(leader);
    total.ask(asker, 1L);

    assertThat(synod.await(total.on(asker).status()).term() - before).isBetween(1L, 5L);
  }
}
