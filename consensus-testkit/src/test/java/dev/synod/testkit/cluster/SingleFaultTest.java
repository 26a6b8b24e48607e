package dev.synod.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@DisplayName("A Raft group of three")
class SingleFaultTest {

  private static final Duration LENGTH = Duration.ofSeconds(12);

  private static GroupRun with(Fault fault) {
    var settings = GroupSettings.of(Raft.protocol(), new RaftLens(), 3, Recovery.raft().total());
    var timed = new TimedFault(Duration.ofSeconds(3), Duration.ofSeconds(4), fault);
    return GroupRun.of(5, settings, Profile.CALM, LENGTH, Schedule.of(timed));
  }

  static Stream<Fault> bearable() {
    return Stream.of(
        new Fault.Partition("n1 | n2,n3"),
        new Fault.Partition("n1,n2 | n2,n3"),
        new Fault.OneWay("n1", "n2"),
        new Fault.Flapping("n1", "n2", Duration.ofMillis(200)),
        new Fault.BadNetwork(LinkQuality.WILD, LinkQuality.GOOD),
        new Fault.Crash("n1", Tear.NOTHING_KEPT),
        new Fault.CrashInWrite("n2", 3, Tear.ANY_SECTORS_KEPT),
        new Fault.Freeze("n1"),
        new Fault.Wipe("n3"),
        new Fault.SlowDisk("n1", Duration.ofMillis(400)),
        new Fault.StuckDisk("n1"),
        new Fault.FullDisk("n2"),
        new Fault.FailedSync("n1", Tear.NOTHING_KEPT),
        new Fault.Drift("n1", 1.5),
        new Fault.WallClockJump("n1", Duration.ofHours(-1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bearable")
  @DisplayName("bears each single fault, goes on meanwhile, and recovers")
  void bears(Fault fault) {
    var run = with(fault);

    assertThat(run.violation()).isEmpty();
    assertThat(run.faults()).containsEntry(fault.kind(), 1);
    assertThat(run.tally().done()).isGreaterThan(run.tally().asked() / 3);
  }

  @Test
  @DisplayName(
      "whose member comes back with an old copy of its disk breaks its word, and is caught")
  void oldDiskIsCaught() {
    assertThat(with(new Fault.OldDisk("n3")).violation())
        .hasValueSatisfying(
            violation ->
                assertThat(violation.invariant())
                    .isIn("confirmed entries are durable", "epoch monotonic and durable"));
  }
}
