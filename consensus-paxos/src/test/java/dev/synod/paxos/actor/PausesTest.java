package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pause of a refused proposer (Lamport 2001, §2.4)")
class PausesTest {

  private final Pauses pauses =
      new Pauses(
          ActorFixture.settings("backoff-min = 10ms, backoff-max = 100ms"),
          new SplittableRandom(1));

  private void isUpTo(int attempt, Duration bound) {
    var drawn = new TreeSet<Duration>();
    for (int i = 0; i < 1000; i++) {
      drawn.add(pauses.after(attempt));
    }

    assertThat(drawn.first()).isBetween(Duration.ofNanos(1), bound.dividedBy(20));
    assertThat(drawn.last()).isBetween(bound.multipliedBy(19).dividedBy(20), bound);
  }

  @Test
  @DisplayName("is anything up to a bound, which doubles with each attempt, up to its own bound")
  void doubles() {
    isUpTo(1, Duration.ofMillis(10));
    isUpTo(2, Duration.ofMillis(20));
    isUpTo(4, Duration.ofMillis(80));
    isUpTo(5, Duration.ofMillis(100));
    isUpTo(1_000_000, Duration.ofMillis(100));
  }
}
