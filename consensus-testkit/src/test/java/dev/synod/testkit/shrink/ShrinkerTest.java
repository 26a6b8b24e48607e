package dev.synod.testkit.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.invariant.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The shrinker")
class ShrinkerTest {

  private static final Duration LENGTH = Duration.ofSeconds(40);
  private static final Violation BROKEN =
      new Violation("election safety", "two leaders", Duration.ofSeconds(39).toNanos());

  private final List<Scenario> run = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();

  private static Scenario storm(long seed) {
    return new Scenario(5, LENGTH, Nemesis.schedule(Profile.STORM, 5, LENGTH, seed));
  }

  /** What fails is broken when its last fault begins. */
  private Function<Scenario, Optional<Violation>> broken(Predicate<Scenario> fails) {
    return scenario -> {
      run.add(scenario);
      return fails.test(scenario) ? Optional.of(violation(scenario)) : Optional.empty();
    };
  }

  private static Violation violation(Scenario scenario) {
    var last = scenario.faults().stream().map(TimedFault::at).max(Comparator.naturalOrder());
    return new Violation(BROKEN.invariant(), "", last.orElse(Duration.ZERO).toNanos() + 1);
  }

  private Shrunk shrink(
      Scenario failing, Function<Scenario, Optional<Violation>> runner, ShrinkLimits limits) {
    return Shrinker.shrink(failing, BROKEN, runner, limits, () -> run.size(), progress::add);
  }

  private static boolean freezes(Scenario scenario, String node) {
    return scenario.faults().stream()
        .anyMatch(timed -> timed.fault().equals(new Fault.Freeze(node)));
  }

  private static Scenario freezing(Scenario scenario) {
    var faults = new ArrayList<>(scenario.faults());
    for (int i = 0; i < 2; i++) {
      faults.add(
          new TimedFault(
              Duration.ofMillis(12_345L + i * 9_000L),
              Duration.ofMillis(1_234),
              new Fault.Freeze("n" + (i + 1))));
    }
    return scenario.with(faults);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("leaves only the two faults that matter together, on the two nodes they need")
  void onlyWhatMatters(long seed) {
    var shrunk =
        shrink(
            freezing(storm(seed)),
            broken(scenario -> freezes(scenario, "n1") && freezes(scenario, "n2")),
            ShrinkLimits.STANDARD);

    assertThat(shrunk.isFinished()).isTrue();
    assertThat(shrunk.scenario().nodes()).isEqualTo(2);
    assertThat(shrunk.scenario().faults())
        .extracting(TimedFault::lasting)
        .containsOnly(Duration.ofMillis(1));
    assertThat(shrunk.scenario().schedule().kinds()).hasToString("{freeze=2}");
    assertThat(shrunk.scenario().length()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  @DisplayName("keeps what is needed: the time, the lasting, the nodes")
  void keepsWhatIsNeeded() {
    var needed = new TimedFault(Duration.ofSeconds(8), Duration.ofSeconds(1), new Fault.Wipe("n4"));
    var shrunk =
        shrink(
            storm(1).with(List.of(needed)),
            broken(
                scenario ->
                    scenario.faults().stream()
                        .anyMatch(
                            timed ->
                                timed.fault().equals(needed.fault())
                                    && timed.at().compareTo(Duration.ofSeconds(3)) >= 0
                                    && timed.lasting().compareTo(Duration.ofMillis(800)) >= 0)),
            ShrinkLimits.STANDARD);

    assertThat(shrunk.scenario().schedule()).hasToString("at 3s for 0.875s wipe n4");
    assertThat(shrunk.scenario().nodes()).isEqualTo(4);
    assertThat(shrunk.scenario().length()).isEqualTo(Duration.ofMillis(3_100));
  }

  @Test
  @DisplayName("takes a failure of another invariant for none")
  void anotherInvariant() {
    var failing = storm(3);
    var shrunk =
        shrink(
            failing,
            scenario ->
                Optional.of(
                    scenario.faults().size() < failing.faults().size()
                        ? new Violation("log matching", "", 0)
                        : BROKEN),
            ShrinkLimits.STANDARD);

    assertThat(shrunk.scenario().faults()).hasSameSizeAs(failing.faults());
    assertThat(shrunk.violation().invariant()).isEqualTo(BROKEN.invariant());
  }

  @Test
  @DisplayName("stops at either limit with the smallest failure so far, and says so")
  void limits() {
    var byRuns =
        shrink(
            storm(2),
            broken(scenario -> scenario.faults().size() >= 3),
            new ShrinkLimits(5, Duration.ofSeconds(1)));
    assertThat(run).hasSize(5);
    run.clear();
    var byCpu =
        shrink(
            storm(2),
            broken(scenario -> scenario.faults().size() >= 3),
            new ShrinkLimits(1_000, Duration.ofNanos(7)));

    assertThat(byRuns.isFinished()).isFalse();
    assertThat(byRuns.runs()).isEqualTo(5);
    assertThat(byCpu.isFinished()).isFalse();
    assertThat(run).hasSize(8);
    assertThat(byCpu.scenario().faults().size()).isLessThan(storm(2).faults().size());
  }

  @Test
  @DisplayName("runs no scenario twice, and tells of every smaller one")
  void noneTwice() {
    shrink(freezing(storm(4)), broken(scenario -> freezes(scenario, "n1")), ShrinkLimits.STANDARD);

    assertThat(run).doesNotHaveDuplicates();
    assertThat(progress).isNotEmpty().last().asString().contains("1 faults on 1 nodes");
  }

  @Test
  @DisplayName("restricts a partition to the nodes that are left")
  void partitionOfFewer() {
    var scenario =
        storm(1)
            .with(
                List.of(
                    new TimedFault(
                        Duration.ZERO, Duration.ZERO, new Fault.Partition("n1, n5|n2,n4 | n3")),
                    new TimedFault(Duration.ZERO, Duration.ZERO, new Fault.Partition("n4 | n1,n2")),
                    new TimedFault(Duration.ZERO, Duration.ZERO, new Fault.OneWay("n1", "n4"))));

    assertThat(scenario.onNodes(3).faults())
        .extracting(TimedFault::fault)
        .containsExactly(new Fault.Partition("n1 | n2 | n3"));
  }
}
