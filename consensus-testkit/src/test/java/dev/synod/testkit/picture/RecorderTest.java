package dev.synod.testkit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.picture.Span.Role;
import dev.synod.testkit.raft.RaftLens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("A recorder")
class RecorderTest {

  private static final Duration LENGTH = Duration.ofSeconds(10);

  private final List<Recorder> recorders = new ArrayList<>();

  private static GroupRun run(Schedule schedule, Profile profile, Consumer<GroupWorld> onlooker) {
    var settings = GroupSettings.of(Raft.protocol(), new RaftLens(), 3, Recovery.raft().total());
    return GroupRun.of(5, settings, profile, LENGTH, schedule, onlooker);
  }

  private Consumer<GroupWorld> recording(Schedule schedule, PictureLimits limits) {
    return group -> {
      var recorder = Recorder.of(group.world(), limits, new RaftLens()::spoken);
      recorder.watching(group.watch());
      recorder.plays(schedule, LENGTH);
      recorders.add(recorder);
    };
  }

  @Test
  @DisplayName("leaves the run as it is without it")
  void changesNothing() {
    var storm = Nemesis.schedule(Profile.STORM, 3, LENGTH, 5);

    var seen = run(storm, Profile.STORM, recording(storm, PictureLimits.STANDARD));

    assertThat(seen.trace()).isEqualTo(run(storm, Profile.STORM, group -> {}).trace());
    assertThat(recorders.get(0).recording().flights()).hasSizeGreaterThan(500);
  }

  @Test
  @DisplayName("keeps no more than it may, the latest")
  void bounded() {
    var storm = Nemesis.schedule(Profile.STORM, 3, LENGTH, 5);
    var limits = new PictureLimits(7, 100, Duration.ofSeconds(3), 1_000_000);

    run(storm, Profile.STORM, recording(storm, limits));

    var kept = recorders.get(0).recording();
    assertThat(kept.flights()).hasSize(7);
    assertThat(kept.moments()).hasSize(7);
    assertThat(kept.bands()).hasSize(7);
    assertThat(kept.spans()).hasSizeLessThanOrEqualTo(7 + 3);
    assertThat(kept.end() - kept.flights().get(0).sentAt).isLessThan(1_000_000_000L);
  }

  @Test
  @DisplayName("sees an old disk, its consequence, the leader and the requests")
  void oldDisk() {
    var schedule = Schedule.parse("at 3s for 4s old-disk n3");

    var run = run(schedule, Profile.CALM, recording(schedule, PictureLimits.STANDARD));
    var recording = recorders.get(0).recording();
    var html =
        Page.of(
            recorders.get(0),
            new Caption("Seed 5", run.violation(), List.of(), "again", schedule.toString()));

    assertThat(recording.spans())
        .anySatisfy(span -> assertThat(span.role()).isEqualTo(Role.CANDIDATE))
        .anySatisfy(span -> assertThat(span.role()).isEqualTo(Role.LEADER));
    assertThat(html)
        .hasSizeLessThan(1_900_000)
        .contains(run.violation().orElseThrow().invariant() + " is broken")
        .contains("AppendEntries", "AppendAccepted", "Heartbeat", "old-disk n3", "acknowledged at")
        .contains("from = n")
        .doesNotContain("FromPeer");
  }

  @Test
  @DisplayName("draws the same picture for the same seed")
  void samePicture() {
    var storm = Nemesis.schedule(Profile.STORM, 3, LENGTH, 5);
    for (int i = 0; i < 2; i++) {
      run(storm, Profile.STORM, recording(storm, PictureLimits.STANDARD));
    }
    var caption = new Caption("Seed 5", Optional.empty(), List.of(), "again", "");

    assertThat(Page.of(recorders.get(1), caption)).isEqualTo(Page.of(recorders.get(0), caption));
  }
}
