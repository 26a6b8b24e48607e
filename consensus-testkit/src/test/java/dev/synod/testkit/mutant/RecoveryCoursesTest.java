package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.raft.RaftLens;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The courses on which faults of the recovery tools are found, without any fault. */
@Tag("slow")
@DisplayName("Recovery, simulated")
class RecoveryCoursesTest {

  private static final int SEEDS = 50;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("a quorum is lost, a configuration forced, old members come back")
  void quorumLost(long seed) {
    assertThat(new QuorumLost(seed, Profile.CALM, settings(6, 5)).run()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("a backup is written under load and faults, and restored after all disks are lost")
  void backedUp(long seed) {
    assertThat(new BackedUp(seed, Profile.FLAKY, settings(5, 3)).run()).isEmpty();
  }

  private static GroupSettings settings(int nodes, int founders) {
    var base = GroupSettings.of(Raft.protocol(), new RaftLens(), nodes, Recovery.raft().total());
    return new GroupSettings(
        base.protocol(),
        base.lens(),
        nodes,
        founders,
        0,
        base.requestGapMean(),
        base.recovery(),
        base.config());
  }
}
