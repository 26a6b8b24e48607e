package dev.synod.testkit.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.raft.RaftLens;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("A failing run of a Raft group")
class ShrinkGroupTest {

  private static final long SEED = 1;
  private static final Duration LENGTH = Duration.ofSeconds(15);
  private static final ShrinkLimits LIMITS = new ShrinkLimits(80, Duration.ofMinutes(10));

  private static GroupRun run(Scenario scenario) {
    var settings =
        GroupSettings.of(
            Raft.protocol(), new RaftLens(), scenario.nodes(), Recovery.raft().total());
    return GroupRun.of(SEED, settings, Profile.FLAKY, scenario.length(), scenario.schedule());
  }

  private static Scenario withOldDisk() {
    var faults = new ArrayList<>(Nemesis.schedule(Profile.STORM, 5, LENGTH, SEED).faults());
    faults.add(
        new TimedFault(Duration.ofSeconds(6), Duration.ofSeconds(4), new Fault.OldDisk("n2")));
    return new Scenario(5, LENGTH, new Schedule(faults));
  }

  private static Shrunk shrunk() {
    var failing = withOldDisk();
    return Shrinker.shrink(
        failing,
        run(failing).violation().orElseThrow(),
        scenario -> run(scenario).violation(),
        LIMITS,
        () -> 0,
        line -> {});
  }

  private static boolean breaksTheSame(Scenario scenario, Violation violation) {
    return run(scenario)
        .violation()
        .filter(broken -> broken.invariant().equals(violation.invariant()))
        .isPresent();
  }

  private static Scenario without(TimedFault fault, Scenario scenario) {
    return scenario.with(scenario.faults().stream().filter(other -> !other.equals(fault)).toList());
  }

  @Test
  @DisplayName("shrinks from a storm to the disk that was put back, and nothing that is not needed")
  void onlyWhatIsNeeded() {
    var shrunk = shrunk();
    var scenario = shrunk.scenario();

    assertThat(scenario.schedule().kinds()).containsEntry("old-disk", 1);
    assertThat(scenario.faults()).hasSizeLessThanOrEqualTo(2);
    assertThat(run(scenario).violation()).contains(shrunk.violation());
    assertThat(scenario.faults())
        .noneMatch(fault -> breaksTheSame(without(fault, scenario), shrunk.violation()));
  }

  @Test
  @DisplayName("always shrinks in the same way")
  void sameSeedSameResult() {
    assertThat(shrunk()).isEqualTo(shrunk());
  }
}
