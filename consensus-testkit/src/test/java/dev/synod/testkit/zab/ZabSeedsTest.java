package dev.synod.testkit.zab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.synod.core.Voting;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.cluster.Retuning;
import dev.synod.testkit.fault.Profile;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@DisplayName("A group of ZAB stays well")
class ZabSeedsTest {

  private static final Duration LENGTH = Duration.ofSeconds(20);
  private static final Duration LENGTH_OBSERVED = Duration.ofSeconds(15);
  private static final Duration LENGTH_VARIED = Duration.ofSeconds(40);

  /** A leader waited for the acknowledgement of what was lost and, since, compacted away. */
  private static final long LOST_AND_COMPACTED = 3742189625777L;

  /** Watches turned to a dozen replicas that were no more, one after the other. */
  private static final long MANY_THAT_ARE_GONE = 3962452585012L;

  static Stream<Arguments> seeds() {
    return Stream.of(
            kind(1, 80, 3, Profile.STORM),
            kind(101, 40, 5, Profile.STORM),
            kind(201, 20, 5, Profile.FLAKY),
            kind(301, 20, 3, Profile.ROT),
            kind(401, 10, 7, Profile.STORM),
            kind(1_001, 100, 3, Profile.STORM),
            kind(1_201, 60, 5, Profile.STORM),
            kind(1_301, 40, 3, Profile.FLAKY),
            kind(1_401, 41, 5, Profile.ROT))
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> kind(long from, int count, int nodes, Profile profile) {
    return LongStream.range(from, from + count)
        .mapToObj(seed -> Arguments.of(seed, nodes, profile));
  }

  private static GroupRun run(long seed, int nodes, Profile profile) {
    var settings = GroupSettings.of(Zab.protocol(), new ZabLens(), nodes, Recovery.raft().total());
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

  static LongStream varied() {
    return LongStream.concat(
        LongStream.rangeClosed(1, 15),
        LongStream.concat(
            LongStream.rangeClosed(501, 510),
            LongStream.of(LOST_AND_COMPACTED, MANY_THAT_ARE_GONE)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("varied")
  @DisplayName("with settings drawn from the seed, and changed while it runs")
  void varied(long seed) {
    int nodes = seed < 500 ? 3 : 5;
    var settings = ZabVariety.of(seed, nodes);
    var schedule = GroupRun.schedule(seed, settings, Profile.STORM, LENGTH_VARIED);
    var run =
        GroupRun.of(
            seed, settings, Profile.STORM, LENGTH_VARIED, schedule, Retuning.zab(LENGTH_VARIED));

    assertThat(run.violation()).isEmpty();
    assertThat(run.undecided()).isEmpty();
  }

  static Stream<Arguments> observed() {
    return LongStream.rangeClosed(601, 640)
        .mapToObj(
            seed -> {
              int voters = seed % 8 == 0 ? 7 : seed % 4 == 0 ? 5 : 3;
              return Arguments.of(seed, voters, 1 + (int) (seed % 5));
            });
  }

  @ParameterizedTest(name = "seed {0}: {1} vote, {2} observe")
  @MethodSource("observed")
  @DisplayName("with servers that observe")
  void observed(long seed, int voters, int observers) {
    var settings =
        GroupSettings.of(Zab.protocol(), new ZabLens(), voters + observers, Recovery.raft().total())
            .observedBy(observers);
    var run = GroupRun.of(seed, settings, Profile.STORM, LENGTH_OBSERVED);

    assertThat(run.violation()).isEmpty();
    assertThat(run.undecided()).isEmpty();
    assertThat(run.tally().done()).isPositive();
  }

  /** A storm takes disks from fewer than half: more than the weights may bear. */
  static Stream<Arguments> votings() {
    var weights = Map.of("n1", 3, "n2", 1, "n3", 1, "n4", 1, "n5", 0);
    var places =
        List.of(
            Map.of("n1", 1, "n2", 1), Map.of("n3", 1, "n4", 2), Map.of("n5", 1, "n6", 1, "n7", 0));
    return Stream.concat(
        voting(801, 12, 5, 5, Voting.weighted(weights)),
        Stream.concat(
            voting(821, 10, 7, 7, Voting.hierarchical(places)),
            voting(841, 8, 5, 3, Voting.weighted(weights))));
  }

  private static Stream<Arguments> voting(
      long from, int count, int nodes, int founders, Voting voting) {
    return LongStream.range(from, from + count)
        .mapToObj(seed -> Arguments.of(seed, nodes, founders, named(voting.name(), voting)));
  }

  @ParameterizedTest(name = "seed {0}: {1} nodes, founded by {2}, {3}")
  @MethodSource("votings")
  @DisplayName("where votes count by weight or by place")
  void votes(long seed, int nodes, int founders, Voting voting) {
    var settings =
        GroupSettings.of(Zab.protocol(voting), new ZabLens(voting), nodes, Recovery.raft().total())
            .foundedBy(founders);
    var run = GroupRun.of(seed, settings, Profile.FLAKY, LENGTH);

    assertThat(run.violation()).isEmpty();
    assertThat(run.undecided()).isEmpty();
    assertThat(run.tally().done()).isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("moved")
  @DisplayName("while administrators move it from node to node")
  void moves(long seed) {
    var settings =
        GroupSettings.of(Zab.protocol(), new ZabLens(), 5, Recovery.raft().total()).foundedBy(3);
    var run = GroupRun.of(seed, settings, Profile.STORM, LENGTH);

    assertThat(run.violation()).isEmpty();
    assertThat(run.undecided()).isEmpty();
    assertThat(run.administration().asked()).isPositive();
  }

  static LongStream moved() {
    return LongStream.rangeClosed(703, 725);
  }

  @Test
  @DisplayName("and does the same each time")
  void sameTrace() {
    assertThat(run(7, 3, Profile.STORM).trace()).isEqualTo(run(7, 3, Profile.STORM).trace());
  }
}
