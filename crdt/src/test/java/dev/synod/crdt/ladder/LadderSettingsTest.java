package dev.synod.crdt.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings of a ladder")
class LadderSettingsTest {

  private static LadderSettings with(String changes) {
    return LadderSettings.from(
        ConfigFactory.parseString(changes)
            .withFallback(ConfigFactory.load().getConfig("synod.crdt.ladder")));
  }

  @Test
  @DisplayName("have defaults that are right")
  void defaults() {
    assertThat(with("").moveTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("are refused with names and values if they are wrong")
  void refused() {
    assertThatThrownBy(() -> with("move-timeout = 1h"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.crdt.ladder.move-timeout (PT1H)")
        .hasMessageContaining("synod.crdt.ladder.answer-timeout (PT30S)");
    assertThatThrownBy(() -> with("tasks-at-a-time-max = 0"))
        .hasMessageContaining("synod.crdt.ladder.tasks-at-a-time-max must be at least 1");
  }
}
