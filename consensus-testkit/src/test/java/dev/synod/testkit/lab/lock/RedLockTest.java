package dev.synod.testkit.lab.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.disk.MemoryDisk.Tear;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RedLock on five stores")
class RedLockTest {

  private static final Duration JOB = Duration.ofSeconds(8);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** n6 has the lock by the votes of n1, n2 and n3: it could not reach n4 and n5. */
  private static LockLab heldByThree(long seed) {
    var lab = new LockLab(seed, false);
    var links = lab.world().network().links();
    var cut = links.cut((from, to) -> from.equals("n6") && (to.equals("n4") || to.equals("n5")));
    lab.redLockClient("n6", JOB);
    lab.untilIn("n6");
    links.mend(cut);
    return lab;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("locks while nothing is wrong, and everybody's turn comes")
  void calm(long seed) {
    var lab = new LockLab(seed, false);
    for (int client = 6; client <= 10; client++) {
      lab.redLockClient("n" + client, Duration.ofMillis(300));
    }

    lab.world().engine().runFor(Duration.ofMinutes(2));

    assertThat(lab.section().entered()).containsExactlyInAnyOrder("n6", "n7", "n8", "n9", "n10");
    assertThat(lab.section().together()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("has two holders when the first is paused longer than its time")
  void pause(long seed) {
    var lab = heldByThree(seed);

    lab.world().machine("n6").freeze();
    lab.redLockClient("n7", JOB);
    lab.world().engine().runFor(LockLab.TTL.plus(SECOND));

    assertThat(lab.section().together()).containsExactly(Set.of("n6", "n7"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("has two holders when the clock of one store is set forward")
  void clockJump(long seed) {
    var lab = heldByThree(seed);

    lab.world().machine("n3").jumpWallClock(Duration.ofHours(1));
    lab.redLockClient("n7", JOB);
    lab.world().engine().runFor(SECOND);

    assertThat(lab.section().together()).containsExactly(Set.of("n6", "n7"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("has two holders when one store is restarted and has forgotten")
  void restart(long seed) {
    var lab = heldByThree(seed);

    lab.world().machine("n3").crash(Tear.NOTHING_KEPT);
    lab.world().machine("n3").boot();
    lab.redLockClient("n7", JOB);
    lab.world().engine().runFor(SECOND);

    assertThat(lab.section().together()).containsExactly(Set.of("n6", "n7"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("has one holder if the restart waits until all locks of before are over")
  void delayedRestart(long seed) {
    var lab = heldByThree(seed);

    lab.world().machine("n3").crash(Tear.NOTHING_KEPT);
    lab.redLockClient("n7", JOB);
    lab.world().engine().runFor(LockLab.TTL);
    lab.world().machine("n3").boot();
    lab.world().engine().runFor(JOB);

    assertThat(lab.section().entered()).containsExactly("n6", "n7");
    assertThat(lab.section().together()).isEmpty();
  }

  @Test
  @DisplayName("gives its holders nothing that a storage could put in order")
  void noToken() {
    var lab = new LockLab(1, false);
    for (int client = 6; client <= 15; client++) {
      lab.redLockClient("n" + client, Duration.ofMillis(10));
    }
    lab.world().engine().runFor(Duration.ofMinutes(2));

    var proofs = lab.section().proofs();

    assertThat(proofs).hasSize(10).doesNotHaveDuplicates();
    assertThat(proofs).isNotEqualTo(proofs.stream().sorted().toList());
  }
}
