package dev.synod.testkit.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Voting;
import dev.synod.paxos.Paxos;
import dev.synod.paxos.QuorumSystem;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.cluster.Retuning;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("A group of Multi-Paxos stays well")
class PaxosSeedsTest {

  private static final Duration LENGTH = Duration.ofSeconds(20);
  private static final Duration LENGTH_SHORT = Duration.ofSeconds(6);
  private static final Duration LENGTH_VARIED = Duration.ofSeconds(40);
  private static final Map<String, Integer> WEIGHTS =
      Map.of("n1", 3, "n2", 2, "n3", 1, "n4", 1, "n5", 1);
  private static final Voting PLACES =
      Voting.hierarchical(
          List.of(Map.of("n1", 1, "n2", 1), Map.of("n3", 1, "n4", 2), Map.of("n5", 1, "n6", 1)));

  /** A storm takes disks from fewer than half: more than other quorums may bear. */
  static Stream<Arguments> seeds() {
    var majorities = QuorumSystem.majorities();
    return Stream.of(
            kind(1, 60, 3, majorities, Profile.STORM),
            kind(101, 30, 5, majorities, Profile.STORM),
            kind(201, 20, 5, majorities, Profile.FLAKY),
            kind(301, 20, 5, majorities, Profile.ROT),
            kind(401, 10, 4, QuorumSystem.sizes(3, 2), Profile.FLAKY),
            kind(501, 10, 5, QuorumSystem.sizes(4, 2), Profile.FLAKY),
            kind(601, 10, 5, QuorumSystem.sizes(2, 4), Profile.FLAKY),
            kind(701, 10, 6, QuorumSystem.grid(3), Profile.FLAKY),
            kind(801, 10, 5, QuorumSystem.weighted(WEIGHTS), Profile.FLAKY))
        .flatMap(stream -> stream);
  }

  /** Many groups for a short while: most of what goes wrong does so within a few faults. */
  static Stream<Arguments> shortSeeds() {
    var majorities = QuorumSystem.majorities();
    return Stream.of(
            kind(2001, 20, 3, majorities, Profile.STORM),
            kind(2101, 36, 4, majorities, Profile.STORM),
            kind(2201, 30, 5, majorities, Profile.STORM),
            kind(2301, 30, 6, majorities, Profile.STORM),
            kind(2401, 30, 7, majorities, Profile.STORM),
            kind(2501, 20, 3, majorities, Profile.FLAKY),
            kind(2601, 20, 7, majorities, Profile.FLAKY),
            kind(2701, 20, 4, majorities, Profile.ROT),
            kind(2801, 20, 7, majorities, Profile.ROT),
            kind(2901, 10, 4, QuorumSystem.sizes(3, 2), Profile.FLAKY),
            kind(3001, 10, 7, QuorumSystem.sizes(5, 3), Profile.FLAKY),
            kind(3101, 10, 4, QuorumSystem.grid(2), Profile.FLAKY),
            kind(3201, 10, 5, QuorumSystem.weighted(WEIGHTS), Profile.FLAKY),
            kind(3301, 10, 7, QuorumSystem.by(PLACES), Profile.FLAKY))
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> kind(
      long from, int count, int nodes, QuorumSystem quorums, Profile profile) {
    return LongStream.range(from, from + count)
        .mapToObj(seed -> Arguments.of(seed, nodes, named(quorums), profile));
  }

  private static Named<QuorumSystem> named(QuorumSystem quorums) {
    return Named.of(Paxos.protocol(quorums).name(), quorums);
  }

  private static GroupRun run(
      long seed, int nodes, QuorumSystem quorums, Profile profile, Duration length) {
    var protocol = Paxos.protocol(quorums);
    var settings =
        GroupSettings.of(protocol, new PaxosLens(quorums), nodes, Recovery.raft().total());
    return GroupRun.of(seed, settings, profile, length);
  }

  @ParameterizedTest(name = "seed {0}: {1} nodes, {2} {3}")
  @MethodSource("seeds")
  @DisplayName("with every seed")
  void staysWell(long seed, int nodes, QuorumSystem quorums, Profile profile) {
    isWell(run(seed, nodes, quorums, profile, LENGTH));
  }

  @ParameterizedTest(name = "seed {0}: {1} nodes, {2} {3}")
  @MethodSource("shortSeeds")
  @DisplayName("with every seed of a short storm")
  void staysWellForShort(long seed, int nodes, QuorumSystem quorums, Profile profile) {
    isWell(run(seed, nodes, quorums, profile, LENGTH_SHORT));
  }

  /** Who sent the latest snapshot crashed, and the other ones were turned away for a minute. */
  @Test
  @DisplayName("when the sender of a snapshot crashes, and the others have an older one")
  void earlierSnapshotTakesOver() {
    isWell(run(500_197, 5, QuorumSystem.majorities(), Profile.STORM, Duration.ofSeconds(30)));
  }

  private static void isWell(GroupRun run) {
    assertThat(run.violation()).isEmpty();
    assertThat(run.undecided()).isEmpty();
    assertThat(run.tally().done()).isPositive();
  }

  /**
   * Seed 28 wrote more together than an entry of the log may take: that replica stopped. In the
   * last one an acceptor heard of a lower bound a while after its replica.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 28, 501, 502, 503, 504, 505, 2336728801227L})
  @DisplayName("with settings drawn from the seed, and changed while it runs")
  void varied(long seed) {
    isWellVaried(seed, seed < 500 ? 3 : 5, LENGTH_VARIED);
  }

  static Stream<Arguments> shortVaried() {
    return LongStream.range(4001, 4041).mapToObj(seed -> Arguments.of(seed, 3 + (int) seed % 5));
  }

  @ParameterizedTest(name = "seed {0}: {1} nodes")
  @MethodSource("shortVaried")
  @DisplayName("with settings drawn from the seed, and changed in a short storm")
  void variedForShort(long seed, int nodes) {
    isWellVaried(seed, nodes, LENGTH_SHORT);
  }

  private static void isWellVaried(long seed, int nodes, Duration length) {
    var settings = PaxosVariety.of(seed, nodes);
    var schedule = GroupRun.schedule(seed, settings, Profile.STORM, length);
    var run = GroupRun.of(seed, settings, Profile.STORM, length, schedule, Retuning.paxos(length));

    assertThat(run.violation()).isEmpty();
    assertThat(run.undecided()).isEmpty();
  }

  /**
   * Seeds 102, 105 and 115 had a proposer propose two configurations for one slot, with one ballot,
   * when two administrators asked at once.
   */
  static Stream<Arguments> moving() {
    return Stream.of(
            LongStream.of(102, 105, 115).mapToObj(seed -> Arguments.of(seed, 5, 100)),
            LongStream.range(5001, 5013).mapToObj(seed -> Arguments.of(seed, 5, 100)),
            LongStream.range(5101, 5113).mapToObj(seed -> Arguments.of(seed, 6, 7)),
            LongStream.range(5201, 5206).mapToObj(seed -> Arguments.of(seed, 7, 1)))
        .flatMap(stream -> stream);
  }

  @ParameterizedTest(name = "seed {0}: {1} nodes, alpha {2}")
  @MethodSource("moving")
  @DisplayName("while administrators move it among the nodes")
  void moves(long seed, int nodes, int alpha) {
    var quorums = QuorumSystem.majorities();
    var settings =
        GroupSettings.of(
                Paxos.protocol(quorums, alpha),
                new PaxosLens(quorums, alpha),
                nodes,
                Recovery.raft().total())
            .foundedBy(3);
    isWell(GroupRun.of(seed, settings, Profile.STORM, LENGTH_VARIED));
  }

  @Test
  @DisplayName("and does the same each time")
  void sameTrace() {
    var quorums = QuorumSystem.majorities();
    assertThat(run(7, 3, quorums, Profile.STORM, LENGTH).trace())
        .isEqualTo(run(7, 3, quorums, Profile.STORM, LENGTH).trace());
  }
}
