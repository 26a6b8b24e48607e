package dev.synod.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.raft.RaftLens;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("A Raft group of three, of which one member crashes at a call to its disk")
class GroupCrashPointsTest {

  private static final long SEED = 5;
  private static final Duration START = Duration.ofSeconds(2);
  private static final Duration DOWN_AT_MOST = Duration.ofSeconds(3);
  private static final Duration LENGTH = Duration.ofSeconds(6);

  /** Enough that the group takes snapshots and changes segments meanwhile. */
  private static final Duration REQUEST_GAP_MEAN = Duration.ofMillis(25);

  private static final int CALLS = 120;

  /** Of the calls that every build goes through: one in so many. */
  private static final int STRIDE = 8;

  private static final GroupSettings SETTINGS = settings();

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"n1", "n2", "n3"})
  @DisplayName("breaks no invariant and recovers, whether the leader crashes or a follower")
  void recovers(String node) {
    crashAtEach(node, STRIDE);
  }

  @Tag("nightly")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"n1", "n2", "n3"})
  @DisplayName("breaks no invariant and recovers, at every single call")
  void recoversEverywhere(String node) {
    crashAtEach(node, 1);
  }

  private static void crashAtEach(String node, int stride) {
    int crashes = 0;
    for (int call = 1; call <= CALLS; call += stride) {
      for (Tear tear : Tear.values()) {
        crash(new Fault.CrashInWrite(node, call, tear));
        crashes++;
      }
    }
    System.out.printf("crash points of %s in a group of three: %d%n", node, crashes);
  }

  private static void crash(Fault.CrashInWrite fault) {
    var group = new GroupWorld(SEED, SETTINGS);
    var timed = new TimedFault(START, DOWN_AT_MOST, fault);
    var playing = group.storm(Schedule.of(timed), Profile.CALM.quality(), LENGTH);
    group.heal(playing);
    group.recover();

    assertThat(group.violation()).as("%s", fault).isEmpty();
    assertThat(group.world().machine(fault.node()).lives()).as("lives, %s", fault).isEqualTo(2);
    assertThat(group.tally().done()).as("%s", fault).isGreaterThan(group.tally().asked() / 3);
  }

  private static GroupSettings settings() {
    var usual = GroupSettings.of(Raft.protocol(), new RaftLens(), 3, Recovery.raft().total());
    return new GroupSettings(
        usual.protocol(),
        usual.lens(),
        usual.nodes(),
        REQUEST_GAP_MEAN,
        usual.recovery(),
        usual.config());
  }
}
