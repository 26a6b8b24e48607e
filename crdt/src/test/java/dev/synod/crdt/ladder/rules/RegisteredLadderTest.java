package dev.synod.crdt.ladder.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A ladder on replicas that a registry gave their ids, in schedules drawn from seeds,")
class RegisteredLadderTest {

  private static final int SEEDS = 400;
  private static final int FAULT_SEEDS = 800;

  /** Spends what another had: about one of a thousand does. */
  private static final long RARE = 2624;

  private static RegisteredWorld world(RegisteredFault fault, long seed) {
    return new RegisteredWorld(fault, seed, seed % 3 == 0, false, RegisteredWorld.ALL);
  }

  /** Replicas keep one to six of their changes one by one. */
  private static RegisteredWorld tight(long seed, boolean hasStock) {
    boolean mayForget = !hasStock && seed % 3 == 0;
    return new RegisteredWorld(
        RegisteredFault.NONE, seed, mayForget, hasStock, 1 + (int) (seed % 6));
  }

  /** Nobody forgets: what is subtracted may outlive what it was taken from, if that is lost. */
  private static RegisteredWorld withStock(RegisteredFault fault, long seed) {
    return new RegisteredWorld(fault, seed, false, true, RegisteredWorld.ALL);
  }

  private static TreeSet<String> schedules(long from, int count) {
    return schedules(from, count, seed -> world(RegisteredFault.NONE, seed));
  }

  private static TreeSet<String> schedules(
      long from, int count, LongFunction<RegisteredWorld> worlds) {
    var seen = new TreeSet<String>();
    for (long seed = from; seed < from + count; seed++) {
      var world = worlds.apply(seed);
      try {
        world.run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      seen.addAll(world.checks.seen);
      seen.addAll(world.stock.seen);
    }
    return seen;
  }

  @Test
  @DisplayName("loses nothing and brings nothing back, while all else is swept")
  void few() {
    assertThat(schedules(1, SEEDS))
        .contains("served", "published", "operated by the group")
        .contains("swept", "swept while linearizable")
        .contains("back under another id", "the last one stays");
  }

  @Test
  @DisplayName("spends what its replicas have the rights to, whichever they are")
  void stock() {
    assertThat(schedules(1, SEEDS, seed -> withStock(RegisteredFault.NONE, seed)))
        .contains("stock: operated by the group", "stock: granted", "served", "published")
        .contains("back under another id");
  }

  @Test
  @DisplayName("does so on replicas that keep only some of their changes one by one")
  void tight() {
    assertThat(schedules(401, SEEDS, seed -> tight(seed, false)))
        .contains("served", "published", "swept while linearizable", "back under another id");
    assertThat(schedules(401, SEEDS, seed -> tight(seed, true)))
        .contains("stock: granted", "back under another id");
  }

  @Test
  @DisplayName("comes to rest although an older hello comes late")
  void oldHello() {
    schedules(558_242, 1);
    schedules(
        1665,
        1,
        seed -> new RegisteredWorld(RegisteredFault.NONE, seed, true, true, RegisteredWorld.ALL));
  }

  @Test
  @DisplayName("shows no changes made anew before what they follow")
  void heirs() {
    schedules(2843, 1, seed -> withStock(RegisteredFault.NONE, seed));
    schedules(3669, 1, seed -> withStock(RegisteredFault.NONE, seed));
  }

  @Test
  @Tag("nightly")
  @DisplayName("does so in many more schedules")
  void many() {
    schedules(1000, 20_000);
    schedules(1000, 20_000, seed -> withStock(RegisteredFault.NONE, seed));
    schedules(1000, 20_000, seed -> tight(seed, false));
    schedules(1000, 20_000, seed -> tight(seed, true));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @DisplayName("shows a planted fault:")
  void faults(RegisteredFault fault) {
    assertThat(firstSeed(fault)).as("a seed that finds it").isPositive();
  }

  private static long firstSeed(RegisteredFault fault) {
    return LongStream.concat(LongStream.of(RARE), LongStream.rangeClosed(1, FAULT_SEEDS))
        .filter(seed -> isFound(fault, seed))
        .findFirst()
        .orElse(0);
  }

  private static boolean isFound(RegisteredFault fault, long seed) {
    try {
      world(fault, seed).run();
      withStock(fault, seed).run();
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }
}
