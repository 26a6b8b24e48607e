package dev.synod.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.raft.RaftVariety;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Seven hundred seeds in every check; {@code ./dev soak} runs fresh ones. */
@DisplayName("Raft breaks no rule and recovers")
@Tag("slow")
class SeedsTest {

  private static final Duration LENGTH = Duration.ofSeconds(20);

  static Stream<Arguments> seeds() {
    return Stream.of(
            kind(2_001, 200, 3, 3, 0, Profile.STORM, false),
            kind(3_001, 100, 5, 5, 0, Profile.STORM, false),
            kind(4_001, 100, 5, 5, 0, Profile.FLAKY, false),
            kind(5_001, 100, 3, 3, 0, Profile.STORM, true),
            kind(6_001, 100, 6, 3, 0, Profile.STORM, false),
            kind(7_001, 40, 3, 3, 1, Profile.STORM, false),
            kind(7_101, 20, 5, 5, 2, Profile.STORM, false),
            kind(7_201, 20, 3, 3, 1, Profile.STORM, true),
            kind(7_301, 30, 6, 3, 1, Profile.STORM, false))
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> kind(
      long from,
      int count,
      int nodes,
      int founders,
      int witnesses,
      Profile profile,
      boolean drawn) {
    return LongStream.range(from, from + count)
        .mapToObj(seed -> Arguments.of(seed, nodes, founders, witnesses, profile, drawn));
  }

  @ParameterizedTest(
      name = "seed {0}: {1} nodes, founded by {2}, {3} witnesses, {4}, drawn settings: {5}")
  @MethodSource("seeds")
  @DisplayName("with every seed")
  void staysWell(
      long seed, int nodes, int founders, int witnesses, Profile profile, boolean drawn) {
    var usual =
        drawn
            ? RaftVariety.of(seed, nodes)
            : GroupSettings.of(Raft.protocol(), new RaftLens(), nodes, Recovery.raft().total());

    var settings = usual.foundedBy(founders).witnessedBy(witnesses);
    var schedule = GroupRun.schedule(seed, settings, profile, LENGTH);
    Consumer<GroupWorld> onlooker = drawn ? Retuning.raft(LENGTH) : group -> {};

    var run = GroupRun.of(seed, settings, profile, LENGTH, schedule, onlooker);

    assertThat(run.violation()).isEmpty();
  }
}
