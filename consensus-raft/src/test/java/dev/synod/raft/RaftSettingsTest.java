package dev.synod.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Raft's settings")
class RaftSettingsTest {

  @Test
  @DisplayName("have defaults that go together")
  void defaults() {
    var settings = with("");

    assertThat(settings.electionTimeoutMin()).isEqualTo(Duration.ofMillis(300));
    assertThat(settings.limits().appendsInFlightMax()).isEqualTo(settings.appendsInFlightMax());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          heartbeat-interval = 200ms   | heartbeat-interval (PT0.2S) must be at most half
          heartbeat-interval = 0s      | heartbeat-interval must be longer than nothing, but is PT0S
          election-timeout-max = 300ms | election-timeout-min (PT0.3S) must be below
          session-timeout = 500ms      | session-timeout (PT0.5S) must be above
          entries-ahead-max = 100      | entries-per-apply-max (1024) must be at most
          appends-in-flight-max = 0    | appends-in-flight-max must be at least 1, but is 0
          bytes-per-append-max = 0     | bytes-per-append-max must be at least 1, but is 0
          proposals-pending-max = 0    | proposals-pending-max must be at least 1, but is 0
          reads-pending-max = 0        | reads-pending-max must be at least 1, but is 0
          gated-effects-max = -1       | gated-effects-max must be at least 1, but is -1
          snapshot-after-entries = 0   | snapshot-after-entries must be at least 1, but is 0
          snapshot-tail-entries = -1   | snapshot-tail-entries must be at least 0, but is -1
          priority = -1                | priority must be at least 0, but is -1
          clock-drift-max = 1.5        | clock-drift-max must be at least 0 and below 1, but is 1.5
          clock-drift-max = -0.1       | clock-drift-max must be at least 0 and below 1, but is -0.1
          """)
  @DisplayName("that are wrong are refused, with names and values")
  void wrongOnesAreRefused(String setting, String text) {
    assertThatThrownBy(() -> with(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.raft." + text);
  }

  @Test
  @DisplayName(
      "by which a message could be made that the remoting can't carry are refused at the start")
  void appendsFitIntoAFrame() {
    var remote = "pekko.actor.provider = remote, ";
    var large = "synod.raft.bytes-per-append-max = 256 KiB";

    assertThatThrownBy(() -> Raft.protocol().check(system(remote + large)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.raft.bytes-per-append-max (262144)")
        .hasMessageContaining("pekko.remote.artery.advanced.maximum-frame-size (262144)");
    assertThatCode(() -> Raft.protocol().check(system(remote))).doesNotThrowAnyException();
    assertThatCode(() -> Raft.protocol().check(system("pekko.actor.provider = local, " + large)))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("a lease is as short as clocks that drift apart ask for")
  void lease() {
    assertThat(with("clock-drift-max = 0").lease()).isEqualTo(Duration.ofMillis(300));
    assertThat(with("clock-drift-max = 0.25").lease()).isEqualTo(Duration.ofMillis(180));
  }

  private static Config system(String settings) {
    return ConfigFactory.parseString(settings).withFallback(ConfigFactory.load());
  }

  private static RaftSettings with(String setting) {
    return RaftSettings.from(
        ConfigFactory.parseString(setting)
            .withFallback(ConfigFactory.load().getConfig("synod.raft")));
  }
}
