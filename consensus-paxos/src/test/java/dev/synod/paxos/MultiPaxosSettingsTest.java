package dev.synod.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The settings of Multi-Paxos")
class MultiPaxosSettingsTest {

  private static MultiPaxosSettings settings(String changed) {
    return MultiPaxosSettings.from(
        ConfigFactory.parseString(changed)
            .withFallback(ConfigFactory.load().getConfig("synod.paxos.multi")));
  }

  @Test
  @DisplayName("go together as they come")
  void defaults() {
    assertThat(settings("").limits().window()).isEqualTo(4096);
  }

  @ParameterizedTest
  @CsvSource({
    "heartbeat-interval = 0s, synod.paxos.multi.heartbeat-interval must be longer than nothing",
    "heartbeat-interval = 200ms, at most half of election-timeout-min",
    "election-timeout-max = 300ms, must be below election-timeout-max",
    "session-timeout = 600ms, or sessions end while nobody proposes",
    "window-max = 0, synod.paxos.multi.window-max must be at least 1",
    "accept-ahead-max = 8191, must be at least twice window-max",
    "entries-per-apply-max = 9000, must be at most entries-ahead-max",
    "recovery-records-max = 0, synod.paxos.multi.recovery-records-max must be at least 1",
  })
  @DisplayName("that can't be are refused by name")
  void refused(String changed, String reason) {
    assertThatThrownBy(() -> settings(changed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
