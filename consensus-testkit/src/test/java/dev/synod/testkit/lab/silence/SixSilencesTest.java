package dev.synod.testkit.lab.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.Total;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.lab.LabWorld;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A client that hears nothing")
class SixSilencesTest {

  private static Experiment.Result with(Silence silence) {
    return Experiment.of(1, silence.between("n1", "n2"));
  }

  @Test
  @DisplayName("is answered if nothing is wrong")
  void answered() {
    var calm = Experiment.of(1, Schedule.NONE);

    assertThat(calm.seen()).containsExactly("asked", "done");
    assertThat(calm.deedsThen()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("sees the same whatever the cause")
  void seesTheSame(Silence silence) {
    assertThat(with(silence).seen()).containsExactly("asked", "nothing");
  }

  @ParameterizedTest(name = "{0}: {1} then, {2} later, {3} after a retry")
  @CsvSource({
    "REQUEST_LOST,   0, 0, 1",
    "REQUEST_QUEUED, 0, 1, 2",
    "SERVER_DEAD,    0, 0, 1",
    "SERVER_PAUSED,  0, 1, 2",
    "REPLY_LOST,     1, 1, 2",
    "REPLY_LATE,     1, 1, 2"
  })
  @DisplayName("can't know whether the thing was done, will be done, or is done twice by a retry")
  void deeds(Silence silence, int then, int later, int afterRetry) {
    var result = with(silence);

    assertThat(result.deedsThen()).isEqualTo(then);
    assertThat(result.deedsLater()).isEqualTo(later);
    assertThat(result.deedsAfterRetry()).isEqualTo(afterRetry);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("has a past that its seed replays")
  void replays(Silence silence) {
    assertThat(with(silence).trace()).isEqualTo(with(silence).trace());
  }

  @Test
  @DisplayName("has six different pasts")
  void pastsDiffer() {
    assertThat(Stream.of(Silence.values()).map(silence -> with(silence).trace()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("of Synod is told in the end, and the thing is done once")
  void synodDoesItOnce(Silence silence) {
    var synod = LabWorld.synod(1, 3);
    var total = synod.start("total", Total::new, Raft.protocol());
    total.ask("n1", 0L);
    var leader = LabWorld.leaderOf(synod, total);
    var client = leader.equals("n1") ? "n2" : "n1";
    silence.between(client, leader).play(synod.world());

    synod.advance(Silence.ASKED);
    long told = total.ask(client, 1L);
    synod.advance(Duration.ofSeconds(10));

    assertThat(told).isEqualTo(1);
    assertThat(total.ask(client, 0L)).isEqualTo(1);
  }
}
