package dev.synod.zab.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Configuration;
import dev.synod.core.Voting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("ZAB, whatever is lost, doubled, overtaken or forgotten")
class ZabChaosTest {

  private static final int SEEDS = 100;
  private static final int EVENTS = 6000;

  static Stream<Arguments> groups() {
    var few = new ZabLimits(2, 1000, 4, 9);
    return Stream.of(
        Arguments.of("one", 1, 0, ZabWorld.LIMITS),
        Arguments.of("three", 3, 0, ZabWorld.LIMITS),
        Arguments.of("five", 5, 0, ZabWorld.LIMITS),
        Arguments.of("three, and two observe", 3, 2, ZabWorld.LIMITS),
        Arguments.of("three, whose epochs have nine transactions", 3, 0, few),
        Arguments.of("four, and one observes, epochs of nine", 4, 1, few));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("groups")
  @DisplayName("commits one sequence, delivers only that, and goes on when all is well")
  void agrees(String name, int voters, int observers, ZabLimits limits) {
    long committed = 0;
    long reads = 0;
    long epochs = 0;
    for (long seed : LongStream.range(0, SEEDS).toArray()) {
      var world = new ZabWorld(seed, voters, observers, limits);
      run(seed, world);
      committed += world.witness().committed();
      reads += world.witness().readsConfirmed();
      epochs += world.witness().epochsEstablished();
    }
    assertThat(committed).as("transactions committed").isGreaterThan(10L * SEEDS);
    assertThat(reads).as("reads confirmed").isGreaterThan(5L * SEEDS);
    assertThat(epochs).as("epochs established").isGreaterThan(2L * SEEDS);
  }

  @ParameterizedTest(name = "{0} vote, {1} observe")
  @CsvSource({"3, 2", "1, 3", "5, 0"})
  @DisplayName("and does so while its members change, and leaders hand over")
  void moves(int voters, int observers) {
    long configurations = 0;
    for (long seed : LongStream.range(0, SEEDS).toArray()) {
      var world = new ZabWorld(seed, voters, observers, ZabWorld.LIMITS).moving();
      run(seed, world);
      configurations += world.witness().members().map(Configuration::version).orElse(1L);
    }
    assertThat(configurations).as("configurations").isGreaterThan(5L * SEEDS);
  }

  private static void run(long seed, ZabWorld world) {
    try {
      world.beginAll();
      world.chaos(EVENTS);
      world.heal();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Integer> weights(int... weights) {
    return IntStream.range(0, weights.length)
        .boxed()
        .collect(Collectors.toMap(i -> "n700" + (i + 1), i -> weights[i]));
  }

  static Stream<Arguments> votings() {
    return Stream.of(
        Arguments.of("two of four weigh nothing", 4, 0, Voting.weighted(weights(1, 2, 0, 0))),
        Arguments.of("one decides with any other", 4, 1, Voting.weighted(weights(3, 1, 1, 1, 1))),
        Arguments.of(
            "three places of two, and one in none",
            7,
            0,
            Voting.hierarchical(
                List.of(
                    weights(1, 1),
                    Map.of("n7003", 1, "n7004", 2),
                    Map.of("n7005", 1, "n7006", 1)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("votings")
  @DisplayName("and does so where votes count by weight, or by place")
  void votes(String name, int voters, int observers, Voting voting) {
    long committed = 0;
    for (long seed : LongStream.range(0, SEEDS).toArray()) {
      var world = new ZabWorld(seed, voters, observers, ZabWorld.LIMITS, voting);
      if (seed % 2 == 0) {
        world.moving();
      }
      run(seed, world);
      committed += world.witness().committed();
    }
    assertThat(committed).as("transactions committed").isGreaterThan(5L * SEEDS);
  }
}
