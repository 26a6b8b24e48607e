package dev.synod.testkit.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Simulated ladders")
class LadderSeedsTest {

  private static final Duration LENGTH = Duration.ofSeconds(10);

  private static Map<String, Integer> seeds(
      Profile profile, long from, int count, Ids ids, boolean onDisk) {
    var tally = new TreeMap<String, Integer>();
    for (long seed = from; seed < from + count; seed++) {
      var result = new LadderRun().run(seed, profile, LENGTH, ids, onDisk);
      assertThat(result.broken())
          .as("%s, %s%s, seed %d", profile, ids, onDisk ? " on disk" : "", seed)
          .isEmpty();
      result.tally().forEach((what, number) -> tally.merge(what, number, Integer::sum));
    }
    assertThat(tally.get("undecided")).as("periods that took too long to check").isZero();
    return tally;
  }

  @ParameterizedTest
  @EnumSource(names = {"CALM", "FLAKY", "STORM"})
  @DisplayName("keep in each mode what it promises, lose nothing, and come down")
  void few(Profile profile) {
    var tally = seeds(profile, 1, 3, Ids.DRAWN, false);
    assertThat(tally)
        .containsKeys("done LINEARIZABLE", "read LINEARIZABLE", "done CAUSAL", "moved to CAUSAL")
        .containsKeys("rejected");
    if (profile == Profile.CALM) {
      assertThat(tally).containsEntry("stocks known exactly", 3);
    }
  }

  @Test
  @DisplayName("do so with values on disk, however often all crash")
  void onDisk() {
    seeds(Profile.STORM, 20, 2, Ids.DRAWN, true);
  }

  @Test
  @DisplayName("do so on replicas of a registry, which are evicted and come back under other ids")
  void registered() {
    assertThat(seeds(Profile.CALM, 2, 1, Ids.REGISTERED, false))
        .containsKeys("evicted from the registry", "done LINEARIZABLE");
    seeds(Profile.STORM, 40, 3, Ids.REGISTERED, false);
  }

  @Test
  @DisplayName("may fail to remove what is the group's at a node that is evicted and not told")
  void late() {
    assertThat(seeds(Profile.STORM, 1_796_044_076_089L, 1, Ids.REGISTERED, false))
        .containsKeys("removed by who was evicted");
  }

  @Test
  @DisplayName("go on once somebody has evicted a replica that nobody runs")
  void unknown() {
    seeds(Profile.STORM, 1_796_500_000_276L, 1, Ids.REGISTERED, false);
  }

  private static void fleeting(int from, int count) {
    for (long seed = from; seed < from + count; seed++) {
      assertThat(new FleetingRun().run(seed, 10)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  @DisplayName("do so on a node whose replica is another one every moment")
  void fleeting() {
    fleeting(1, 20);
  }

  @Test
  @Tag("slow")
  @DisplayName("do so with more seeds, in all modes")
  void storms() {
    assertThat(seeds(Profile.STORM, 100, 10, Ids.DRAWN, false))
        .containsKeys("done BOUNDED", "read BOUNDED", "moved to BOUNDED", "moved to LINEARIZABLE");
    seeds(Profile.FLAKY, 100, 4, Ids.DRAWN, true);
    seeds(Profile.STORM, 200, 6, Ids.REGISTERED, false);
    seeds(Profile.CALM, 200, 1, Ids.REGISTERED, false);
  }

  @Test
  @Tag("nightly")
  @DisplayName("do so with very many")
  void manyStorms() {
    seeds(Profile.STORM, 1000, 3000, Ids.DRAWN, false);
    seeds(Profile.FLAKY, 1000, 1000, Ids.DRAWN, false);
    seeds(Profile.STORM, 10_000, 2000, Ids.DRAWN, true);
    seeds(Profile.STORM, 20_000, 2000, Ids.REGISTERED, false);
    seeds(Profile.CALM, 20_000, 500, Ids.REGISTERED, false);
    fleeting(1000, 20_000);
  }

  @Test
  @DisplayName("have a past that its seed replays")
  void replays() {
    var first = new LadderRun().run(3, Profile.STORM, LENGTH, Ids.DRAWN, false);
    var again = new LadderRun().run(3, Profile.STORM, LENGTH, Ids.DRAWN, false);

    assertThat(again).isEqualTo(first);
  }
}
