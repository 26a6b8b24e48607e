package dev.synod.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.raft.RaftRetuning;
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

/** Six hundred seeds in every check; {@code ./dev soak} runs fresh ones. */
@DisplayName("Raft breaks no rule and recovers")
@Tag("slow")
class SeedsTest {

  private static final Duration LENGTH = Duration.ofSeconds(20);

  static Stream<Arguments> seeds() {
    return Stream.of(
            kind(2_001, 200, 3, 3, Profile.STORM, false),
            kind(3_001, 100, 5, 5, Profile.STORM, false),
            kind(4_001, 100, 5, 5, Profile.FLAKY, false),
            kind(5_001, 100, 3, 3, Profile.STORM, true),
            kind(6_001, 100, 6, 3, Profile.STORM, false))
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> kind(
      long from, int count, int nodes, int founders, Profile profile, boolean drawn) {
    return LongStream.range(from, from + count)
        .mapToObj(seed -> Arguments.of(seed, nodes, founders, profile, drawn));
  }

  @ParameterizedTest(name = "seed {0}: {1} nodes, founded by {2}, {3}, drawn settings: {4}")
  @MethodSource("seeds")
  @DisplayName("with every seed")
  void staysWell(long seed, int nodes, int founders, Profile profile, boolean drawn) {
    var settings =
        drawn
            ? RaftVariety.of(seed, nodes)
            : GroupSettings.of(Raft.protocol(), new RaftLens(), nodes, Recovery.raft().total());

    var schedule =
        founders < nodes
            ? Nemesis.keepingDisks(profile, nodes, LENGTH, seed)
            : Nemesis.schedule(profile, nodes, LENGTH, seed);
    Consumer<GroupWorld> onlooker = drawn ? new RaftRetuning(LENGTH) : group -> {};

    var run = GroupRun.of(seed, settings.foundedBy(founders), profile, LENGTH, schedule, onlooker);

    assertThat(run.violation()).isEmpty();
  }
}
