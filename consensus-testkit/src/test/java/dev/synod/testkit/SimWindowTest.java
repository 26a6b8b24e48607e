package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("At ten milliseconds a link, a window of values under way")
class SimWindowTest {

  /** Breaks if a leader or a proposer waits for each answer before it goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"raft", "paxos", "zab"})
  @DisplayName("takes ten times the writes of one at a time, and more")
  void windowPays(String protocol) {
    var window = new SimWindow(SimProtocol.named(protocol));

    double alone = window.writesPerSecond(1);

    assertThat(alone).isBetween(20.0, 50.0);
    assertThat(window.writesPerSecond(64) / alone).isGreaterThan(10);
  }
}
