package dev.synod.testkit.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.paxos.Paxos;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@DisplayName("A group of Multi-Paxos stays well")
class PaxosSeedsTest {

  private static final Duration LENGTH = Duration.ofSeconds(20);

  static Stream<Arguments> seeds() {
    return Stream.of(
            kind(1, 60, 3, Profile.STORM),
            kind(101, 30, 5, Profile.STORM),
            kind(201, 20, 5, Profile.FLAKY))
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> kind(long from, int count, int nodes, Profile profile) {
    return LongStream.range(from, from + count)
        .mapToObj(seed -> Arguments.of(seed, nodes, profile));
  }

  private static GroupRun run(long seed, int nodes, Profile profile) {
    var settings =
        GroupSettings.of(Paxos.protocol(), new PaxosLens(), nodes, Recovery.raft().total());
    return GroupRun.of(seed, settings, profile, LENGTH);
  }

  @ParameterizedTest(name = "seed {0}: {1} nodes, {2}")
  @MethodSource("seeds")
  @DisplayName("with every seed")
  void staysWell(long seed, int nodes, Profile profile) {
    var run = run(seed, nodes, profile);

    assertThat(run.violation()).isEmpty();
    assertThat(run.undecided()).isEmpty();
    assertThat(run.tally().done()).isPositive();
  }

  @Test
  @DisplayName("and does the same each time")
  void sameTrace() {
    assertThat(run(7, 3, Profile.STORM).trace()).isEqualTo(run(7, 3, Profile.STORM).trace());
  }
}
