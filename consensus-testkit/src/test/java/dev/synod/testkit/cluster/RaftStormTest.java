package dev.synod.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.raft.RaftVariety;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("Raft, simulated")
class RaftStormTest {

  private static GroupRun run(long seed, int nodes, Profile profile, int seconds) {
    return GroupRun.of(
        seed,
        GroupSettings.of(Raft.protocol(), new RaftLens(), nodes, Recovery.raft().total()),
        profile,
        Duration.ofSeconds(seconds));
  }

  @Test
  @DisplayName("gives the same trace for the same seed, under storm")
  void sameSeedSameTrace() {
    assertThat(run(7, 5, Profile.STORM, 20).trace())
        .isEqualTo(run(7, 5, Profile.STORM, 20).trace());
  }

  @Test
  @DisplayName("takes every write while nothing is wrong")
  void calmGroupTakesAll() {
    var run = run(1, 3, Profile.CALM, 20);

    assertThat(run.violation()).isEmpty();
    assertThat(run.tally().done()).isEqualTo(run.tally().asked()).isGreaterThan(100);
  }

  @Test
  @DisplayName("is watched all the while, and by some who are too slow")
  void isWatched() {
    var tallies =
        LongStream.rangeClosed(1, 6).mapToObj(seed -> run(seed, 3, Profile.STORM, 20).tally());

    assertThat(tallies)
        .allSatisfy(tally -> assertThat(tally.watched()).isGreaterThan(50))
        .anySatisfy(tally -> assertThat(tally.watchesLost()).isPositive());
  }

  @ParameterizedTest(name = "{1} nodes, {2}, seed {0}")
  @CsvSource({
    "242, 5, STORM, 60", // a node stopped greeting one that did not know it any more
    "257, 5, STORM, 60",
    "1088, 5, STORM, 40", // a doubled proposal was refused and taken: Peers must not double it
    "1337, 5, STORM, 40",
    "20054, 3, STORM, 60" // a deposed leader told ok for an entry that had been replaced
  })
  @DisplayName("stays well with seeds that have found something")
  void keptSeeds(long seed, int nodes, Profile profile, int seconds) {
    assertThat(run(seed, nodes, profile, seconds).violation()).isEmpty();
  }

  @ParameterizedTest(name = "{1} nodes, seed {0}")
  @CsvSource({
    "57, 3", // commands that time out are asked again by the liveness phase
    "1147, 5", // an overtaken probe kept a follower's window closed for ever
    "100010, 5", // sessions of clients that were gone kept out the living
    "100081, 3", // overload: tries are not appended again and again
    "9173, 5", // a snapshot that contradicts confirmed entries removes them
    "920020, 5", // watchers that crowd each other out were given no time of their own
    "1617896253231, 5" // what was replaced while it waited for the disk was confirmed after all
  })
  @DisplayName("stays well with seeds that have found something under drawn settings")
  void keptSeedsOfVariety(long seed, int nodes) {
    var settings = RaftVariety.of(seed, nodes);

    assertThat(GroupRun.of(seed, settings, Profile.STORM, Duration.ofSeconds(40)).violation())
        .isEmpty();
  }

  @ParameterizedTest(name = "{1} nodes, seed {0}")
  @CsvSource({
    "2, 6", // a change that an earlier try had made was called rejected
    "5, 6", // a member with an empty log was never found again by those who came after
    "295, 6" // only servers that were to leave had what let them leave, and none of them stood
  })
  @DisplayName("stays well with seeds that have found something while members came and went")
  void keptSeedsOfMembers(long seed, int nodes) {
    var settings =
        GroupSettings.of(Raft.protocol(), new RaftLens(), nodes, Recovery.raft().total());
    var run = GroupRun.of(seed, settings.foundedBy(3), Profile.STORM, Duration.ofSeconds(20));

    assertThat(run.violation()).isEmpty();
    assertThat(run.administration().done()).isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @DisplayName("breaks no rule under storm, and recovers")
  void storm(long seed) {
    assertThat(run(seed, 3 + (int) (seed % 2) * 2, Profile.STORM, 30).violation()).isEmpty();
  }
}
