package dev.synod.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The settings of Paxos")
class PaxosSettingsTest {

  private static PaxosSettings settings(String changed) {
    return PaxosSettings.from(
        ConfigFactory.parseString(changed)
            .withFallback(ConfigFactory.load().getConfig("synod.paxos")));
  }

  @Test
  @DisplayName("go together as they come")
  void defaults() {
    assertThat(settings("").attemptsMax()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    "attempts-max = 0, synod.paxos.attempts-max must be at least 1",
    "answer-timeout = 0s, synod.paxos.answer-timeout must be longer than nothing",
    "backoff-min = 2s, synod.paxos.backoff-min",
    "rounds-reserved = 0, synod.paxos.rounds-reserved must be at least 1",
    "registers-changing-max = 0, synod.paxos.registers-changing-max must be at least 1",
    "value-bytes-max = 0, synod.paxos.value-bytes-max must be at least 1",
  })
  @DisplayName("that can't be are refused by name")
  void refused(String changed, String reason) {
    assertThatThrownBy(() -> settings(changed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
