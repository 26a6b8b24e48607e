package dev.synod.testkit.lab.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.lab.pause.Storage;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A lock on a Raft group with a storage that fences, under what breaks the others:")
class FencedLockTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What goes wrong once n1's client has the lock, given the group's leader. */
  enum Script implements BiConsumer<Simulation, String> {
    FAIL_OVER {
      @Override
      public void accept(Simulation synod, String leader) {
        synod.crash(leader);
        synod.advance(Duration.ofSeconds(5));
        synod.heal();
      }
    },
    LONG_JOB {
      @Override
      public void accept(Simulation synod, String leader) {
        synod.advance(Duration.ofSeconds(5));
      }
    },
    PAUSE {
      @Override
      public void accept(Simulation synod, String leader) {
        synod.freeze("n1");
      }
    },
    CLOCK_JUMP {
      @Override
      public void accept(Simulation synod, String leader) {
        synod.apply(new Fault.WallClockJump("n3", Duration.ofHours(1)));
      }
    },
    RESTART {
      @Override
      public void accept(Simulation synod, String leader) {
        synod.crash("n3");
        synod.restart("n3");
      }
    }
  }

  static Stream<Script> scripts() {
    return Stream.of(Script.values());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  @DisplayName("one holder in the group, and only the latest one's writes are taken")
  void oneHolder(Script script) {
    var synod = LabWorld.synod(1, 5);
    SimulatedGroup<String, Long> lock = synod.start("lock", FencedLock::new, Raft.protocol());
    var storage = new Storage(true);
    long first = lock.ask("n1", "acquire first");
    assertThat(first).isPositive();

    script.accept(synod, LabWorld.leaderOf(synod, lock));

    long refused = lock.ask("n2", "acquire second");
    assertThat(refused).as("held by the first, whatever has happened").isEqualTo(-first);

    synod.advance(PATIENCE);
    assertThat(lock.ask("n2", "expire " + first)).isEqualTo(first);
    long second = lock.ask("n2", "acquire second");
    storage.write("second", second);
    synod.heal();
    storage.write("first", first);

    assertThat(second).isGreaterThan(first);
    assertThat(storage.accepted()).containsExactly("second");
    assertThat(storage.refused()).containsExactly("first");
    assertThat(lock.ask("n1", "release " + first)).as("not the first one's any more").isZero();
  }
}
