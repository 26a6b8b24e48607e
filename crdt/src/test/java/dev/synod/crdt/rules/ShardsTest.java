package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys in shards, and what follows what across them. */
@DisplayName("Keys in shards")
class ShardsTest {

  private static final int SCHEDULES = 400;
  private static final int SCHEDULES_AT_NIGHT = 20_000;
  private static final int FAULTY_MAX = 3_000;

  /** What was done, so that it is seen to be enough. */
  private record Played(int calls, int several) {}

  private static Played play(long from, long to, ShardFault fault) {
    int calls = 0;
    int several = 0;
    for (long seed = from; seed <= to; seed++) {
      try {
        var random = new Random(seed);
        var world = new ShardedWorld(random, fault);
        boolean restarts = random.nextInt(3) == 0;
        world.run(300, restarts);
        world.heal();
        if (!restarts) {
          world.haveAll();
        }
        calls += world.calls();
        several += world.several();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    return new Played(calls, several);
  }

  @Test
  @DisplayName("nobody sees a change and not what it follows in another shard")
  void few() {
    var played = play(1, SCHEDULES, ShardFault.NONE);

    assertThat(played.calls()).isGreaterThan(SCHEDULES * 10);
    assertThat(played.several()).as("messages with several intervals").isGreaterThan(SCHEDULES);
  }

  @Test
  @Tag("nightly")
  @DisplayName("nobody sees a change and not what it follows in another shard, at night")
  void many() {
    play(1, SCHEDULES_AT_NIGHT, ShardFault.NONE);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @DisplayName("planted faults are found")
  void faults(ShardFault fault) {
    assertThatThrownBy(() -> play(1, FAULTY_MAX, fault)).isInstanceOf(AssertionError.class);
  }
}
