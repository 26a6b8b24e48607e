package dev.synod.crdt.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hybrid clock (CLK-03)")
class HybridClockTest {

  private static final long HOUR = 3_600_000;

  @Test
  @DisplayName("rises although the machine's clock is set back by an hour")
  void setBack() {
    var clock = HybridClock.of(0).tick(10 * HOUR);

    var later = clock.tick(9 * HOUR);

    assertThat(later.last()).isGreaterThan(clock.last()).isEqualTo(new HybridTime(10 * HOUR, 1));
    assertThat(later.tick(10 * HOUR + 1).last()).isEqualTo(new HybridTime(10 * HOUR + 1, 0));
  }

  @Test
  @DisplayName(
      "gives a transaction of two servers the higher time of both: 3 at one, 5 at the other, 5")
  void highestOfParticipants() {
    var client = HybridClock.of(10).tick(1);
    var blue = HybridClock.of(10).tick(2).receive(client.last(), 3);
    client = client.receive(blue.last(), 1);
    var green = HybridClock.of(10).tick(4).receive(client.last(), 5);
    client = client.receive(green.last(), 1);

    assertThat(blue.last().millis()).isEqualTo(3);
    assertThat(green.last().millis()).isEqualTo(5);
    assertThat(client.last().millis()).isEqualTo(5);
  }

  @Test
  @DisplayName("goes up along every message, and stays within the bound of physical time")
  void followsCauses() {
    for (long seed = 1; seed <= 200; seed++) {
      var random = new Random(seed);
      var clocks = new HybridClock[] {HybridClock.of(50), HybridClock.of(50), HybridClock.of(50)};
      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(3);
        int to = random.nextInt(3);
        long physical = i + random.nextInt(20);
        var sent = clocks[from].tick(physical);
        clocks[from] = sent;
        var before = clocks[to].last();
        var received = clocks[to].receive(sent.last(), i + random.nextInt(20));
        clocks[to] = received;

        assertThat(received.last()).isGreaterThan(sent.last()).isGreaterThan(before);
        assertThat(received.last().millis()).isLessThanOrEqualTo(i + 20);
      }
    }
  }

  @Test
  @DisplayName("does not follow a clock that is too far ahead")
  void tooFarAhead() {
    var clock = HybridClock.of(500);

    assertThat(clock.receive(new HybridTime(1500, 3), 1000).last())
        .isEqualTo(new HybridTime(1500, 4));
    assertThatThrownBy(() -> clock.receive(new HybridTime(1501, 0), 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 500 ms ahead");
  }

  @Test
  @DisplayName("loses no bits in one number, which is in the order of time")
  void packed() {
    long now = 1_790_000_000_123L;
    var time = new HybridTime(now, 40_000);

    assertThat(HybridTime.unpack(time.packed())).isEqualTo(time);
    assertThat(new HybridTime(now, 65_535).packed())
        .isGreaterThan(time.packed())
        .isLessThan(new HybridTime(now + 1, 0).packed());
    assertThat(new HybridTime(now, 65_535).next()).isEqualTo(new HybridTime(now + 1, 0));
    assertThat(HybridTime.unpack(Long.MAX_VALUE)).isEqualTo(new HybridTime((1L << 47) - 1, 65_535));
  }
}
