package dev.synod.testkit.zab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.Protocol;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.paxos.Paxos;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("A primary with backups")
class PrimaryBackupTest {

  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private long copies;

  private SimulatedGroup<Long, String> group(Simulation simulation) {
    return simulation.start(
        "lottery",
        () -> new Lottery(new Random(++copies), Assertions::fail).asStateMachine(),
        Zab.protocol());
  }

  private static String leader(Simulation simulation, SimulatedGroup<Long, String> group) {
    simulation.eventually(
        "somebody leads",
        () -> group.view().replicas().stream().filter(ReplicaView::leads).count() == 1,
        PATIENCE);
    return group.view().replicas().stream()
        .filter(ReplicaView::leads)
        .map(ReplicaView::node)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> totals(Simulation simulation, SimulatedGroup<Long, String> group) {
    return simulation.world().names().stream()
        .map(node -> simulation.await(group.on(node).read(0L, Read.linearizable())))
        .distinct()
        .toList();
  }

  @SimulationTest(seeds = 5)
  @DisplayName("draws alone, and all have what it drew")
  void drawsAlone(Simulation simulation) {
    var group = group(simulation);
    var told = Stream.of("n1", "n2", "n3", "n1").map(node -> group.ask(node, 1L)).toList();

    assertThat(told.get(0)).startsWith("0 ");
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i)).startsWith(told.get(i - 1).split(" ", 2)[1] + " ");
    }
    assertThat(totals(simulation, group)).containsExactly(told.get(3).split(" ", 2)[1]);
  }

  @SimulationTest(seeds = 10)
  @DisplayName("that is cut off has prepared in vain, and nobody hears of it")
  void cutOff(Simulation simulation) {
    var group = group(simulation);
    var before = group.ask("n1", 1L).split(" ", 2)[1];
    var old = leader(simulation, group);
    var others = simulation.world().names().stream().filter(name -> !name.equals(old)).toList();
    simulation.partition(old + " | " + String.join(",", others));
    var inVain = group.on(old).propose(1L);
    var next = group.ask(others.get(0), 1L);

    simulation.heal();
    var outcome = simulation.await(inVain);

    assertThat(next).startsWith(before + " ");
    assertThat(outcome)
        .isInstanceOfAny(Outcome.Ok.class, Outcome.Unknown.class, Outcome.Rejected.class);
    if (outcome instanceof Outcome.Ok<String> drawn) {
      assertThat(drawn.reply()).startsWith(next.split(" ", 2)[1] + " ");
    }
    assertThat(totals(simulation, group)).hasSize(1);
  }

  @SimulationTest(seeds = 3)
  @DisplayName("says why a request failed, and goes on")
  void fails(Simulation simulation) {
    var group = group(simulation);
    var before = group.ask("n1", 1L).split(" ", 2)[1];

    assertThat(simulation.await(group.on("n2").propose(Lottery.FAILS)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.INVALID);
              assertThat(rejected.text()).contains("no luck on top of " + before);
            });
    assertThat(simulation.await(group.on("n2").propose(Lottery.TOO_LARGE)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.INVALID);
              assertThat(rejected.text()).contains("but synod.command-bytes-max is");
            });
    assertThat(group.ask("n3", 1L)).startsWith(before + " ");
  }

  @SimulationTest(seeds = 3)
  @DisplayName("has its state again after a restart of all, from snapshots and logs")
  void restarts(Simulation simulation) {
    var group = group(simulation);
    var last = "";
    for (int i = 0; i < 150; i++) {
      last = group.ask("n" + (1 + i % 3), 1L);
    }
    simulation.world().names().forEach(simulation::crash);
    simulation.heal();

    assertThat(totals(simulation, group)).containsExactly(last.split(" ", 2)[1]);
    assertThat(group.ask("n1", 1L)).startsWith(last.split(" ", 2)[1] + " ");
  }

  @SimulationTest(seeds = 3)
  @DisplayName("is watched by what it made of requests, not by these; what failed is no change")
  void watched(Simulation simulation) {
    var group = group(simulation);
    var seen = new ArrayList<Object>();
    group
        .on("n2")
        .watch(From.index(1))
        .map(change -> (AppliedCommand<?>) change)
        .runForeach(change -> seen.add(change.command()), simulation.materializer("n2"));

    var first = group.ask("n1", 1L);
    simulation.await(group.on("n2").propose(Lottery.FAILS));
    var second = group.ask("n3", 1L);

    simulation.eventually("both are seen", () -> seen.size() == 2, PATIENCE);
    assertThat(seen).containsExactly(first, second);
  }

  static Stream<Protocol> others() {
    return Stream.of(Raft.protocol(), Paxos.protocol());
  }

  @ParameterizedTest
  @MethodSource("others")
  @DisplayName("is refused where leaders prepare nothing")
  void refused(Protocol protocol) {
    var simulation = new Simulation(1, 3, Profile.CALM);

    assertThatThrownBy(
            () ->
                simulation.start(
                    "lottery",
                    () -> new Lottery(new Random(1), Assertions::fail).asStateMachine(),
                    protocol))
        .hasMessageContaining("is a PrimaryBackup, and leaders of " + protocol.name());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  @DisplayName("draws on top of what was drawn before, in any storm")
  void storms(long seed) {
    var run = new LotteryRun();

    assertThat(run.apply(Map.of("seed", seed))).isEmpty();
    assertThat(run.drawn()).isGreaterThan(20);
  }
}
