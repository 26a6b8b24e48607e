package dev.synod.testkit.lab.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.lab.LabWorld;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A lease's holder that is paused for 15 seconds between its look and its write")
class PausedHolderTest {

  /** n1 gives leases of 10 seconds; n2 gets the first, and n3 the second. */
  private static Storage run(long seed, Storage storage) {
    var world = LabWorld.of(seed, 3, machine -> {});
    var looks = new ArrayList<String>();
    var server = world.machine("n1").spawn(LeaseServer.on(world.machine("n1")), "server");
    for (String name : new String[] {"n2", "n3"}) {
      var machine = world.machine(name);
      machine.spawn(LeaseHolder.on(machine, server, storage, () -> looks.add(name)), "holder");
      assertThat(world.engine().runUntil(() -> looks.contains(name), Duration.ofSeconds(20)))
          .isTrue();
      if (name.equals("n2")) {
        machine.freeze();
      }
    }
    world.engine().runFor(Duration.ofSeconds(5));
    world.machine("n2").thaw();
    world.engine().runFor(Duration.ofSeconds(1));
    return storage;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("overwrites its successor's work, though it has checked")
  void withoutFencing(long seed) {
    var storage = run(seed, new Storage(false));

    assertThat(storage.accepted()).containsExactly("n3", "n2");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("is refused by a storage that has seen a later token")
  void withFencing(long seed) {
    var storage = run(seed, new Storage(true));

    assertThat(storage.accepted()).containsExactly("n3");
    assertThat(storage.refused()).containsExactly("n2");
  }
}
