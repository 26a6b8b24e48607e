package dev.synod.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Waiting")
class WaitingTest {

  private final Waiting waiting = new Waiting();

  @Test
  @DisplayName("asks until the condition holds")
  void untilItHolds() {
    var asked = new AtomicInteger();

    assertThat(waiting.until(() -> asked.incrementAndGet() == 2, Duration.ofMinutes(1))).isTrue();
    assertThat(asked).hasValue(2);
  }

  @Test
  @DisplayName("gives up when the time is over")
  void givesUp() {
    assertThat(waiting.until(() -> false, Duration.ZERO)).isFalse();
  }

  @Test
  @DisplayName("is over at once when it was ended")
  void isEnded() {
    waiting.end();

    assertThat(waiting.pass(Duration.ofMinutes(1))).isFalse();
    assertThat(waiting.until(() -> false, Duration.ofMinutes(1))).isFalse();
  }
}
