package dev.synod.actors.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.FrameCheck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Wrong settings")
class ConsensusSettingsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "transport = udp | transport | udp",
        "channel.port = 70000 | channel.port | 70000",
        "channel.connect-timeout = 1us | channel.connect-timeout | PT0.000001S",
        "channel.retry-interval = 1m | channel.retry-interval (PT1M) | retry-interval-max (PT10S)",
        "channel.silence-max = 1s | channel.silence-max | PT1S",
        "channel.queued-bytes-max = 0 | channel.queued-bytes-max | is 0",
        "channel.names-max = 0 | channel.names-max | is 0",
        "client.attempt-timeout = 20s | client.attempt-timeout (PT20S) | client.ask-timeout"
            + " (PT10S)",
        "client.tick-interval = 0s | client.tick-interval | PT0S",
        "client.backoff-min = 10s | client.backoff-min (PT10S) | client.backoff-max (PT0.64S)",
        "client.window-max = 0 | client.window-max | is 0",
        "client.window-max = 2000 | client.window-max (2000) | replies-per-session-max (1024)",
        "client.keep-alive-interval = 1h | keep-alive-interval (PT1H) | session-idle-max (PT5M)",
        "command-bytes-max = 16 MiB | command-bytes-max (16777216) | entry-bytes-max (16777216)",
        "node.hello-interval = 1m | hello-interval (PT1M) | hello-interval-max (PT30S)",
        "node.greeted-groups-max = 0 | greeted-groups-max | is 0",
        "log.segment-bytes = 1 MiB | entry-bytes-max (16777216) | segment-bytes (1048576)",
        "sessions.sessions-max = 0 | sessions-max | 0",
      })
  @DisplayName("are refused, and both names and values are told")
  void refused(String wrong, String first, String second) {
    var synod = with("synod." + wrong).getConfig("synod");

    assertThatThrownBy(() -> ConsensusSettings.from(synod))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(first)
        .hasMessageContaining(second);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "synod.command-bytes-max = 1 MiB | synod.command-bytes-max (1048576)",
        "synod.client.batch-bytes-max = 1 MiB | synod.client.batch-bytes-max",
        "pekko.remote.artery.advanced.maximum-frame-size = 128 KiB | maximum-frame-size (131072)",
        "synod { transport = channel, channel.queued-bytes-max = 200000 } | queued-bytes-max"
            + " (200000)",
      })
  @DisplayName("that make messages too large for the remoting's frames are refused")
  void framesTooSmall(String wrong, String named) {
    var config = with(wrong);
    var settings = ConsensusSettings.from(config.getConfig("synod"));

    assertThatThrownBy(() -> FrameCheck.check(settings, config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("maximum-frame-size");
  }

  @Test
  @DisplayName("do not include the defaults, with Pekko's frames or with those of synod-remote")
  void defaultsFit() {
    var plain = with("synod.command-bytes-max = 128 KiB");
    var remote = ConfigFactory.parseResources("synod-remote.conf").withFallback(plain).resolve();

    for (Config config : new Config[] {plain, remote}) {
      assertThatCode(
              () -> FrameCheck.check(ConsensusSettings.from(config.getConfig("synod")), config))
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("of frames do not matter to a system without remoting")
  void localSystemsHaveNoFrames() {
    var config = with("pekko.actor.provider = local, synod.command-bytes-max = 1 MiB");

    assertThatCode(
            () -> FrameCheck.check(ConsensusSettings.from(config.getConfig("synod")), config))
        .doesNotThrowAnyException();
  }

  private static Config with(String setting) {
    return ConfigFactory.parseString(setting)
        .withFallback(ConfigFactory.parseString("pekko.actor.provider = remote"))
        .withFallback(ConfigFactory.load());
  }
}
