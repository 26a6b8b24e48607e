package dev.synod.testkit.lab.byzantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A disk that lies, by one flipped bit of the log,")
class WeakLiesTest {

  private static GroupWorld flippedOnN3(long seed) {
    var settings = GroupSettings.of(Raft.protocol(), new RaftLens(), 3, Recovery.raft().total());
    var group = new GroupWorld(seed, settings);
    group.runFor(Duration.ofSeconds(5));
    Machine third = group.world().machine("n3");
    third.crash(Tear.ALL_KEPT);
    assertThat(third.disk().flip()).isTrue();
    third.boot();
    group.runFor(Duration.ofSeconds(10));
    return group;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  @DisplayName("is never believed: nothing wrong is applied, and the group goes on")
  void neverBelieved(long seed) {
    var group = flippedOnN3(seed);

    assertThat(group.violation()).isEmpty();
    assertThat(group.tally().done()).isGreaterThan(50);
  }
}
