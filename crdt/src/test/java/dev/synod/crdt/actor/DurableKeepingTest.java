package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Replicas that keep what they have")
class DurableKeepingTest {

  private static final int STEPS = 200;

  private static int schedule(long seed, PlantedFault fault) {
    try {
      var random = new Random(seed);
      var replicas = new KeptReplicas(2 + random.nextInt(3), fault, random);
      for (int i = 0; i < STEPS; i++) {
        replicas.step();
      }
      int restarts = replicas.restarts();
      replicas.heal();
      replicas.areEqual();
      replicas.restartAll();
      replicas.areEqual();
      return restarts;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  @Test
  @DisplayName("lose nothing that anybody was told of, and become equal, wherever they crash")
  void crashes() {
    int restarts = 0;
    for (long seed = 1; seed <= 400; seed++) {
      restarts += schedule(seed, PlantedFault.NONE);
    }

    assertThat(restarts).isGreaterThan(800);
  }

  @Test
  @Tag("nightly")
  @DisplayName("do so in many more schedules")
  void crashesOften() {
    for (long seed = 1000; seed < 41_000; seed++) {
      schedule(seed, PlantedFault.NONE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.synod.crdt.actor.PlantedFault#all")
  @DisplayName("are found out if")
  void faults(PlantedFault fault) {
    boolean isFound = false;
    for (long seed = 1; seed <= 400 && !isFound; seed++) {
      isFound = fails(seed, fault);
    }

    assertThat(isFound).isTrue();
  }

  private static boolean fails(long seed, PlantedFault fault) {
    try {
      schedule(seed, fault);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }
}
