package dev.synod.testkit.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Simulated replicators")
class ReplicatorSeedsTest {

  private static final Duration LENGTH = Duration.ofSeconds(10);

  private static Map<String, Integer> seeds(Profile profile, int from, int count, Ids ids) {
    return seeds(profile, from, count, ids, false);
  }

  private static Map<String, Integer> seeds(
      Profile profile, int from, int count, Ids ids, boolean onDisk) {
    var tally = new TreeMap<String, Integer>();
    for (long seed = from; seed < from + count; seed++) {
      var result = new ReplicatorRun().run(seed, profile, LENGTH, ids, onDisk);
      var run = onDisk ? profile + " on disk" : profile.toString();
      assertThat(result.broken()).as("%s, seed %d", run, seed).isEmpty();
      result.tally().forEach((what, number) -> tally.merge(what, number, Integer::sum));
    }
    return tally;
  }

  @ParameterizedTest
  @EnumSource(names = {"CALM", "FLAKY", "STORM"})
  @DisplayName("become equal, show effects after causes, and keep what they confirmed")
  void few(Profile profile) {
    assertThat(seeds(profile, 1, 6, Ids.DRAWN).get("confirmed")).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"CALM", "FLAKY", "STORM"})
  @DisplayName("do so while a registry evicts some, and keep little of what all know to be gone")
  void registered(Profile profile) {
    var tally = seeds(profile, 1, 6, Ids.REGISTERED);

    assertThat(tally.get("confirmed")).isGreaterThan(100);
    assertThat(tally.get("swept")).isGreaterThanOrEqualTo(4);
  }

  @Test
  @Tag("slow")
  @DisplayName("do so with many seeds of the worst kind")
  void storms() {
    seeds(Profile.STORM, 100, 120, Ids.DRAWN);
    assertThat(seeds(Profile.STORM, 300, 120, Ids.REGISTERED).get("swept")).isGreaterThan(90);
  }

  @Test
  @Tag("nightly")
  @DisplayName("do so with very many")
  void manyStorms() {
    seeds(Profile.STORM, 1000, 5000, Ids.DRAWN);
    seeds(Profile.FLAKY, 1000, 2000, Ids.DRAWN);
    seeds(Profile.STORM, 10_000, 4000, Ids.REGISTERED);
    seeds(Profile.FLAKY, 10_000, 2000, Ids.REGISTERED);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLAKY", "STORM"})
  @DisplayName("on disk lose nothing that was confirmed, however often all crash")
  void onDisk(Profile profile) {
    assertThat(seedsOnDisk(profile, 1, 6, Ids.DRAWN).get("confirmed")).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLAKY", "STORM"})
  @DisplayName(
      "on disk lose nothing, and keep little of what is gone, while a registry evicts some")
  void registeredOnDisk(Profile profile) {
    var tally = seedsOnDisk(profile, 1, 6, Ids.REGISTERED);

    assertThat(tally.get("confirmed")).isGreaterThan(100);
    assertThat(tally.get("swept")).isGreaterThanOrEqualTo(4);
  }

  @Test
  @Tag("slow")
  @DisplayName("on disk lose nothing with many seeds of the worst kind")
  void stormsOnDisk() {
    seedsOnDisk(Profile.STORM, 100, 120, Ids.DRAWN);
    seedsOnDisk(Profile.STORM, 300, 120, Ids.REGISTERED);
  }

  @Test
  @Tag("nightly")
  @DisplayName("on disk lose nothing with very many")
  void manyStormsOnDisk() {
    seedsOnDisk(Profile.STORM, 1000, 5000, Ids.DRAWN);
    seedsOnDisk(Profile.STORM, 10_000, 4000, Ids.REGISTERED);
    seedsOnDisk(Profile.FLAKY, 10_000, 2000, Ids.REGISTERED);
  }

  private static Map<String, Integer> seedsOnDisk(Profile profile, int from, int count, Ids ids) {
    return seeds(profile, from, count, ids, true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("of shards show effects after causes in others, in memory and on a disk for each")
  void shards(boolean isOnDisk) {
    assertThat(seedsOfShards(1, 3, isOnDisk)).isGreaterThan(100);
  }

  @Test
  @Tag("slow")
  @DisplayName("of shards on disk do so with many seeds")
  void manyShards() {
    seedsOfShards(100, 40, true);
  }

  @Test
  @Tag("nightly")
  @DisplayName("of shards on disk do so with very many")
  void shardsAtNight() {
    seedsOfShards(1000, 3000, true);
  }

  @Test
  @DisplayName("of shards in memory do not wait for ever for what was lost with its machines")
  void lostMachines() {
    for (long seed : List.of(517L, 564L)) {
      var run = new ReplicatorRun(new Shards(2, false));
      assertThat(run.run(seed, Profile.STORM, LENGTH, Ids.DRAWN, false).broken()).isEmpty();
    }
  }

  @Test
  @Tag("nightly")
  @DisplayName("of shards in memory lose no guarantee in many storms")
  void shardsInMemory() {
    seedsOfShards(1000, 3000, false);
  }

  /** Of two or three shards, in storms and in between; on disk, in one log or in one for each. */
  private static int seedsOfShards(int from, int count, boolean isOnDisk) {
    int confirmed = 0;
    for (long seed = from; seed < from + count; seed++) {
      var shards = new Shards(2 + (int) (seed % 2), seed % 4 < 2);
      var profile = seed % 3 == 0 ? Profile.FLAKY : Profile.STORM;
      var result = new ReplicatorRun(shards).run(seed, profile, LENGTH, Ids.DRAWN, isOnDisk);
      assertThat(result.broken())
          .as("%s, %s on disk: %s, seed %d", profile, shards, isOnDisk, seed)
          .isEmpty();
      confirmed += result.tally().get("confirmed");
    }
    return confirmed;
  }

  @Test
  @DisplayName("have a past that its seed replays")
  void replays() {
    var first = new ReplicatorRun().run(3, Profile.STORM, LENGTH, Ids.DRAWN);
    var again = new ReplicatorRun().run(3, Profile.STORM, LENGTH, Ids.DRAWN);

    assertThat(again).isEqualTo(first);
  }

  @Test
  @Tag("slow")
  @DisplayName("are found out if they go on under their former ids after a crash")
  void formerIds() {
    var broken = false;
    for (long seed = 1; seed <= 40 && !broken; seed++) {
      broken = new ReplicatorRun().run(seed, Profile.STORM, LENGTH, Ids.KEPT).broken().isPresent();
    }

    assertThat(broken).isTrue();
  }
}
