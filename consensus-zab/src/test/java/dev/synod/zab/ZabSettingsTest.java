package dev.synod.zab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Settings of a ZAB group")
class ZabSettingsTest {

  private static ZabSettings with(String changes) {
    var system = ConfigFactory.parseString(changes).withFallback(ConfigFactory.load());
    return ZabSettings.from(system.getConfig("synod.zab"));
  }

  @Test
  @DisplayName("the defaults go together, also with Pekko's remoting")
  void defaults() {
    assertThat(with("").limits().entriesPerProposeMax()).isEqualTo(1024);
    assertThat(Zab.protocol().name()).isEqualTo("zab");
    Zab.protocol().check(ConfigFactory.load());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "heartbeat-interval = 200ms, leader-timeout",
    "notification-interval = 1s, notification-interval-max",
    "session-timeout = 200ms, leader-timeout",
    "entries-per-apply-max = 10000, entries-ahead-max",
    "entries-in-flight-max = 0, entries-in-flight-max",
  })
  @DisplayName("what does not go together is refused, with both names")
  void refused(String change, String named) {
    assertThatThrownBy(() -> with("synod.zab." + change))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(change.substring(0, change.indexOf(' ')))
        .hasMessageContaining(named);
  }
}
