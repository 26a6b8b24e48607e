package dev.synod.testkit.lab.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.disk.MemoryDisk.Tear;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SET NX PX on a store with a replica")
class SetNxTest {

  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(15);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("locks, as long as nothing is wrong and nobody works too long")
  void calm(long seed) {
    var lab = new LockLab(seed, true);
    lab.setNxClient("n6", "n1", SHORT);
    lab.setNxClient("n7", "n1", SHORT);

    lab.world().engine().runFor(LONG);

    assertThat(lab.section().entered()).containsExactlyInAnyOrder("n6", "n7");
    assertThat(lab.section().together()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("forgets the lock at a fail-over that comes before the copy")
  void failOver(long seed) {
    var lab = new LockLab(seed, true);
    lab.setNxClient("n6", "n1", SHORT);
    lab.untilIn("n6");

    lab.world().machine("n1").crash(Tear.NOTHING_KEPT);
    lab.setNxClient("n7", "n2", SHORT);
    lab.world().engine().runFor(Duration.ofSeconds(1));

    assertThat(lab.section().together()).containsExactly(Set.of("n6", "n7"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("gives the lock to another while a job that takes too long goes on")
  void longJob(long seed) {
    var lab = new LockLab(seed, true);
    lab.setNxClient("n6", "n1", LONG);
    lab.untilIn("n6");

    lab.setNxClient("n7", "n1", SHORT);
    lab.world().engine().runFor(LONG);

    assertThat(lab.section().together()).containsExactly(Set.of("n6", "n7"));
  }
}
