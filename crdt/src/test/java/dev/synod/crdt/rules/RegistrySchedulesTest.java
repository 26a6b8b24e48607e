package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Replicas that come and go")
class RegistrySchedulesTest {

  private static final Limits TIGHT = new Limits(6, 2, 3, 40, 3, 4);
  private static final Limits WIDE = new Limits(1000, 100, 64, 10_000, 4, 100);
  private static final int STEPS = 300;

  private static int schedule(long seed, boolean isGated) {
    boolean mayForget = seed % 3 == 0;
    var world =
        new RegistryWorld(
            new Random(seed), mayForget ? TIGHT : WIDE, mayForget, isGated, HandoverFault.NONE);
    return schedule(seed, world);
  }

  private static int schedule(long seed, RegistryWorld world) {
    try {
      for (int i = 0; i < STEPS; i++) {
        world.step();
      }
      world.heal();
      world.areEqual();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
    return world.dropped();
  }

  private static int schedules(long from, int count) {
    int dropped = 0;
    for (long seed = from; seed < from + count; seed++) {
      dropped += schedule(seed, true);
    }
    return dropped;
  }

  @Test
  @DisplayName("lose nothing, bring nothing back, and keep nothing of what is gone")
  void few() {
    assertThat(schedules(1, 400)).as("keys that were dropped").isGreaterThan(200);
  }

  /** They keep one to six of their changes one by one. */
  private static void tight(long seed, HandoverFault fault) {
    var limits = new Limits(1 + (int) (seed % 6), 2, 3, 40, 3, 4);
    schedule(seed, new RegistryWorld(new Random(seed), limits, false, true, fault));
  }

  private static void tightSchedules(long from, int count) {
    for (long seed = from; seed < from + count; seed++) {
      tight(seed, HandoverFault.NONE);
    }
  }

  @Test
  @DisplayName("do so if they keep only some of their changes one by one")
  void tight() {
    tightSchedules(401, 400);
  }

  @Test
  @DisplayName("do so where a value was ahead of what its change is told to follow")
  void kept() {
    schedule(4492, true);
    schedule(16793, true);
  }

  @Test
  @Tag("nightly")
  @DisplayName("do so in many schedules")
  void many() {
    schedules(1000, 20_000);
    tightSchedules(1000, 20_000);
  }

  @Test
  @DisplayName("bring something back if they hear those who have not dropped what they have")
  void notGated() {
    boolean isFound = false;
    for (long seed = 1; seed <= 400 && !isFound; seed++) {
      try {
        schedule(seed, false);
      } catch (AssertionError e) {
        isFound = true;
      }
    }

    assertThat(isFound).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @DisplayName("are found out if an evicted one")
  void faults(HandoverFault fault) {
    boolean isFound = false;
    for (long seed = 1; seed <= 400 && !isFound; seed++) {
      try {
        tight(seed, fault);
      } catch (AssertionError e) {
        isFound = true;
      }
    }

    assertThat(isFound).isTrue();
  }
}
