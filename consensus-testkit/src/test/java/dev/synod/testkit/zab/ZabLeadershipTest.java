package dev.synod.testkit.zab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Change;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.Total;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("In a group of ZAB")
class ZabLeadershipTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** After so long without a word a follower looks for another leader. */
  private static final long LEADER_TIMEOUT_MILLIS = 300;

  private static SimulatedGroup<Long, Long> group(Simulation simulation) {
    var group = simulation.start("total", Total::new, Zab.protocol());
    group.ask("n1", 0L);
    return group;
  }

  private static Optional<String> leading(SimulatedGroup<Long, Long> group) {
    long newest = group.view().replicas().stream().mapToLong(ReplicaView::epoch).max().orElse(0);
    return group.view().replicas().stream()
        .filter(one -> one.isUp() && one.leads() && one.epoch() == newest)
        .map(ReplicaView::node)
        .findFirst();
  }

  private static String leader(Simulation simulation, SimulatedGroup<Long, Long> group) {
    simulation.eventually(
        "somebody leads", () -> leading(group).isPresent(), Duration.ofSeconds(6));
    return leading(group).orElseThrow();
  }

  private static List<String> others(Simulation simulation, String leader) {
    return simulation.world().names().stream().filter(name -> !name.equals(leader)).toList();
  }

  /** Breaks if a leader that stops leaves the group to find out. */
  @SimulationTest(seeds = 30)
  @DisplayName("another one leads before the leader's node stops, and sooner than by a timeout")
  void atShutdown(Simulation simulation) {
    var group = group(simulation);
    var old = leader(simulation, group);
    assertThat(group.ask(old, 1L)).isEqualTo(1);
    long before = simulation.world().engine().nanoTime();

    simulation.stop(old);
    long took = simulation.world().engine().nanoTime() - before;

    assertThat(leading(group)).isPresent();
    assertThat(took / 1_000_000).isLessThan(LEADER_TIMEOUT_MILLIS);
    assertThat(group.ask(others(simulation, old).get(0), 1L)).isEqualTo(2);
  }

  /** Breaks if a node without anybody to hand over to does not stop. */
  @SimulationTest(seeds = 5)
  @DisplayName("nothing keeps the last nodes")
  void lastNodes(Simulation simulation) {
    var group = group(simulation);
    assertThat(group.ask("n1", 1L)).isEqualTo(1);
    for (String name : List.of("n1", "n2", "n3")) {
      long before = simulation.world().engine().nanoTime();
      simulation.stop(name);
      assertThat((simulation.world().engine().nanoTime() - before) / 1_000_000).isLessThan(2000);
    }
  }

  /** Breaks if leadership goes to the highest id, or to the first that comes to mind. */
  @SimulationTest(nodes = 5, seeds = 20)
  @DisplayName("leadership goes to whom an administrator names")
  void transferred(Simulation simulation) {
    var group = group(simulation);
    for (String name : List.of("n1", "n2", "n3")) {
      var member = simulation.member(name);
      var old = leader(simulation, group);
      var led = simulation.await(group.on(old).admin().transfer(member.store(), DEADLINE));

      assertThat(led).isEqualTo(member);
      assertThat(leader(simulation, group)).isEqualTo(name);
      assertThat(group.ask("n5", 1L)).isPositive();
    }
  }

  /** Breaks if what is promised before a move is forgotten after it. */
  @SimulationTest(seeds = 30, profile = Profile.FLAKY)
  @DisplayName("a client that moves to another server never sees what is older than it knows")
  void clientMoves(Simulation simulation) {
    var group = group(simulation);
    long known = 0;
    for (int round = 1; round <= 12; round++) {
      var writer = "n" + (1 + round % 3);
      var reader = "n" + (1 + (round + 1) % 3);
      var written = simulation.await(group.on(writer).propose(1L));
      if (written instanceof Outcome.Ok<Long> ok) {
        known = Math.max(known, ok.index());
        var read = simulation.await(group.on(reader).query(0L, Read.atLeast(known)));
        if (read instanceof Outcome.Ok<Long> seen) {
          assertThat(seen.reply()).isGreaterThanOrEqualTo(ok.reply());
          known = Math.max(known, seen.index());
        }
      }
    }
    assertThat(known).isPositive();
  }

  /** Breaks if sync is answered by a server that does not know that it leads no more. */
  @SimulationTest(seeds = 20)
  @DisplayName("sync, then read: what a cut-off leader has is not taken for all there is")
  void syncThenRead(Simulation simulation) {
    var group = group(simulation);
    var old = leader(simulation, group);
    var rest = others(simulation, old);
    simulation.world().machine(old).clockRate(0.4);
    simulation.partition(old + " | " + String.join(",", rest));
    simulation.eventually(
        "another leads",
        () -> leading(group).filter(rest::contains).isPresent(),
        Duration.ofSeconds(6));
    assertThat(group.ask(rest.get(0), 5L)).isEqualTo(5);

    var read = group.on(old).query(0L, Read.linearizable()).toCompletableFuture();
    var stale = simulation.await(group.on(old).read(0L, Read.stale()));
    simulation.advance(Duration.ofMillis(200));

    assertThat(stale).isZero();
    assertThat(read.isDone() && read.join() instanceof Outcome.Ok).isFalse();
    simulation.world().machine(old).clockRate(1);
    simulation.heal();
    assertThat(simulation.await(group.on(old).read(0L, Read.linearizable()))).isEqualTo(5);
  }

  /** Breaks if a newcomer can't get what it lacks, or if who left is counted still. */
  @SimulationTest(nodes = 6, seeds = 20)
  @DisplayName("members change one after the other, until nobody is left of those who founded it")
  void membersChange(Simulation simulation) {
    var group = simulation.start("total", 3, Total::new, Zab.protocol());
    assertThat(group.ask("n1", 100L)).isEqualTo(100);
    for (int i = 1; i <= 3; i++) {
      var admin = group.on("n" + (i + 3)).admin();
      var before = simulation.await(admin.configuration());
      var change =
          Change.add(simulation.member("n" + (i + 3)))
              .and(Change.remove(simulation.member("n" + i).store()));
      var after = simulation.await(admin.change(before.version(), change));
      assertThat(after.voters()).hasSize(3).contains(simulation.member("n" + (i + 3)));
    }

    List.of("n1", "n2", "n3").forEach(simulation::crash);
    assertThat(group.ask("n4", 1L)).isEqualTo(101);
    assertThat(group.ask("n6", 1L)).isEqualTo(102);
  }
}
