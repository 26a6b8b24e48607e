package dev.synod.testkit.lab.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A clock")
class ClockTest {

  private static final Duration TTL = Duration.ofSeconds(30);

  private static Machine machine() {
    return LabWorld.of(1, 1, machine -> {}).machine("n1");
  }

  @Test
  @DisplayName("that is set back lets a lease by the wall live an hour too long")
  void steppedBack() {
    var machine = machine();
    var lease = Lease.of(machine, TTL);

    machine.jumpWallClock(Duration.ofHours(-1));
    machine.engine().runFor(TTL);

    assertThat(lease.holdsByWall()).isTrue();
    assertThat(lease.holdsByMonotonic()).isFalse();
  }

  @Test
  @DisplayName("that is set forward ends a lease by the wall at once")
  void steppedForward() {
    var machine = machine();
    var lease = Lease.of(machine, TTL);

    machine.jumpWallClock(Duration.ofHours(1));

    assertThat(lease.holdsByWall()).isFalse();
    assertThat(lease.holdsByMonotonic()).isTrue();
  }

  @Test
  @DisplayName("that drifts by 200 ppm is wrong by 6 ms after 30 s, and by 17 s after a day")
  void drifts() {
    var machine = machine();
    machine.clockRate(1.0002);

    machine.engine().runFor(TTL);
    long after30Seconds = machine.nanoTime() - machine.engine().nanoTime();
    machine.engine().runFor(Duration.ofDays(1).minus(TTL));
    long afterADay = machine.nanoTime() - machine.engine().nanoTime();

    assertThat(Duration.ofNanos(after30Seconds).toMillis()).isEqualTo(6);
    assertThat(Duration.ofNanos(afterADay).toSeconds()).isEqualTo(17);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName(
      "that jumps by an hour, anywhere and at any time, does not change a single step of Raft")
  void raftDoesNotSeeTheWall(long seed) {
    var still = run(seed, Schedule.NONE);
    var jumping = run(seed, jumps());

    assertThat(jumping.violation()).isEmpty();
    assertThat(jumping.faults()).containsEntry("wall-clock", 10);
    assertThat(jumping.steps()).isEqualTo(still.steps());
    assertThat(jumping.tally().done()).isEqualTo(still.tally().done()).isGreaterThan(100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("that jumps under storm breaks no rule of Raft")
  void jumpsUnderStorm(long seed) {
    var length = Duration.ofSeconds(20);
    var settings = settings();
    var storm = GroupRun.of(seed, settings, Profile.STORM, length).schedule();
    var all = new ArrayList<>(storm.faults());
    all.addAll(jumps().faults());

    var run = GroupRun.of(seed, settings, Profile.STORM, length, new Schedule(all));

    assertThat(run.violation()).isEmpty();
  }

  private static GroupSettings settings() {
    return GroupSettings.of(Raft.protocol(), new RaftLens(), 3, Recovery.raft().total());
  }

  private static GroupRun run(long seed, Schedule schedule) {
    return GroupRun.of(seed, settings(), Profile.CALM, Duration.ofSeconds(20), schedule);
  }

  /**
   * Each second or so a node's wall clock goes wrong by an hour, for longer than until the next.
   */
  private static Schedule jumps() {
    var faults = new ArrayList<TimedFault>();
    for (int i = 0; i < 10; i++) {
      var by = Duration.ofHours(i % 2 == 0 ? 1 : -1);
      faults.add(
          new TimedFault(
              Duration.ofMillis(500 + 1_700L * i),
              Duration.ofSeconds(4),
              new Fault.WallClockJump("n" + (1 + i % 3), by)));
    }
    return new Schedule(faults);
  }
}
