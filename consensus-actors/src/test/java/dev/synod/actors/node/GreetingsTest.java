package dev.synod.actors.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.node.NodeSamples.DirectPeers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pauses between greetings")
class GreetingsTest {

  private final Greetings greetings = new Greetings(new DirectPeers(Map.of()), pauses(100, 1600));

  @Test
  @DisplayName("double up to the longest, and are short again when something is new")
  void doubling() {
    assertThat(pausesMillis(6)).containsExactly(100, 200, 400, 800, 1600, 1600);

    greetings.startOver();

    assertThat(pausesMillis(2)).containsExactly(100, 200);
  }

  @Test
  @DisplayName("go by other settings from the next one on")
  void retuned() {
    assertThat(pausesMillis(3)).containsExactly(100, 200, 400);

    greetings.settings(pauses(50, 300));

    assertThat(pausesMillis(2)).containsExactly(300, 300);
    greetings.startOver();
    assertThat(pausesMillis(3)).containsExactly(50, 100, 200);
  }

  private long[] pausesMillis(int count) {
    var pauses = new long[count];
    for (int i = 0; i < count; i++) {
      pauses[i] = greetings.nextPause().toMillis();
    }
    return pauses;
  }

  private static NodeSettings pauses(long shortest, long longest) {
    return new NodeSettings(
        Duration.ofMillis(shortest),
        Duration.ofMillis(longest),
        1,
        true,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }
}
