package dev.synod.paxos.rules.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.paxos.rules.Quorums;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Multi-Paxos, whatever is lost, doubled, overtaken or forgotten")
class MultiPaxosChaosTest {

  /**
   * So many that each of three mistakes is met that reviews had found before any seed did: with
   * three replicas a promise whose votes were replaced by learned values while it waited for the
   * disk (seed 71), with five a slot learned elsewhere that was announced as counted (16), with
   * four a read that did not ask the proposer's own acceptor.
   */
  private static final int SEEDS = 130;

  private static final int FEW_SEEDS = 30;
  private static final int EVENTS = 1500;

  static Stream<Arguments> quorums() {
    var three = SlotWorld.ids(3);
    var four = SlotWorld.ids(4);
    var five = SlotWorld.ids(5);
    return Stream.of(
        Arguments.of("one", FEW_SEEDS, 1, Quorums.majorities(SlotWorld.ids(1))),
        Arguments.of("three", SEEDS, 3, Quorums.majorities(three)),
        Arguments.of("five", SEEDS, 5, Quorums.majorities(five)),
        Arguments.of("four, three of them promise, two accept", SEEDS, 4, Quorums.of(four, 3, 2)),
        Arguments.of(
            "five, two of them promise, four accept", FEW_SEEDS, 5, Quorums.of(five, 2, 4)),
        Arguments.of(
            "five, all of them promise, one accepts", FEW_SEEDS, 5, Quorums.of(five, 5, 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("quorums")
  @DisplayName("chooses one value for each slot, applies only that, and goes on when all is well")
  void agrees(String name, int seeds, int count, Quorums quorums) {
    long acknowledged = 0;
    long reads = 0;
    for (long seed = 0; seed < seeds; seed++) {
      var world = world(seed, count, quorums);
      acknowledged += world.acknowledged();
      reads += world.readsConfirmed();
    }
    assertThat(acknowledged).as("slots chosen").isGreaterThan(10L * seeds);
    assertThat(reads).as("reads confirmed").isGreaterThan(5L * seeds);
  }

  private static SlotWorld world(long seed, int count, Quorums quorums) {
    var world = new SlotWorld(seed, count, quorums);
    try {
      new SlotChaos(world, seed).run(EVENTS);
      world.heal();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
    return world;
  }
}
