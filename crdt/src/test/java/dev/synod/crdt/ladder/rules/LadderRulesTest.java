package dev.synod.crdt.ladder.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Entities on a ladder, in schedules drawn from seeds,")
class LadderRulesTest {

  private static final int SEEDS = 400;

  @Test
  @DisplayName("lose nothing that was handed in, and are linearizable while they say so")
  void sets() {
    schedules(SEEDS, seed -> new LadderWorld<>(Kind.sets(), Fault.NONE, seed));
  }

  @Test
  @DisplayName("are never below their minimum, and no right is used twice")
  void stock() {
    schedules(SEEDS, seed -> new LadderWorld<>(Kind.stock(), Fault.NONE, seed));
  }

  @Test
  @Tag("nightly")
  @DisplayName("do so in many more schedules")
  void often() {
    schedules(40_000, seed -> new LadderWorld<>(Kind.sets(), Fault.NONE, seed));
    schedules(40_000, seed -> new LadderWorld<>(Kind.stock(), Fault.NONE, seed));
  }

  private static void schedules(int seeds, Function<Long, LadderWorld<?, ?>> worlds) {
    for (long seed = 1; seed <= seeds; seed++) {
      try {
        worlds.apply(seed).run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @DisplayName("show a planted fault:")
  void faults(Fault fault) {
    assertThat(firstSeed(fault)).as("a seed that finds it").isPositive();
  }

  private static long firstSeed(Fault fault) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new LadderWorld<>(Kind.sets(), fault, seed).run();
        new LadderWorld<>(Kind.stock(), fault, seed).run();
      } catch (AssertionError e) {
        return seed;
      }
    }
    return 0;
  }

  @Test
  @DisplayName("go through all modes, or these tests would show nothing")
  void reaches() {
    var seen = new ArrayList<String>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var world = new LadderWorld<>(Kind.stock(), Fault.NONE, seed);
      world.run();
      seen.addAll(world.seen);
    }
    assertThat(seen)
        .contains("served LINEARIZABLE", "served BOUNDED", "operated by the group", "granted")
        .contains("given back", "taken", "joined late", "evicted and back");
  }
}
