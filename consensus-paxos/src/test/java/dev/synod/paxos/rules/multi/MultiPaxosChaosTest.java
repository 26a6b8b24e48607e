package dev.synod.paxos.rules.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.paxos.rules.Quorums;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Multi-Paxos, whatever is lost, doubled, overtaken or forgotten")
class MultiPaxosChaosTest {

  private static final int SEEDS = 60;
  private static final int EVENTS = 4000;

  static Stream<Arguments> quorums() {
    var three = SlotWorld.ids(3);
    var four = SlotWorld.ids(4);
    var five = SlotWorld.ids(5);
    return Stream.of(
        Arguments.of("one", 1, Quorums.majorities(SlotWorld.ids(1))),
        Arguments.of("three", 3, Quorums.majorities(three)),
        Arguments.of("five", 5, Quorums.majorities(five)),
        Arguments.of("four, three of them promise, two accept", 4, Quorums.of(four, 3, 2)),
        Arguments.of("five, two of them promise, four accept", 5, Quorums.of(five, 2, 4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("quorums")
  @DisplayName("chooses one value for each slot, applies only that, and goes on when all is well")
  void agrees(String name, int count, Quorums quorums) {
    long acknowledged = 0;
    long reads = 0;
    for (long seed : LongStream.range(0, SEEDS).toArray()) {
      var world = new SlotWorld(seed, count, quorums);
      try {
        world.chaos(EVENTS);
        world.heal();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      acknowledged += world.acknowledged();
      reads += world.readsConfirmed();
    }
    assertThat(acknowledged).as("slots chosen").isGreaterThan(10L * SEEDS);
    assertThat(reads).as("reads confirmed").isGreaterThan(5L * SEEDS);
  }
}
