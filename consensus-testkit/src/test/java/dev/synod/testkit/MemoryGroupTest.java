package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Change;
import dev.synod.actors.Storage;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Members that forget all when they stop, and come back as others. */
@DisplayName("A Raft group in memory")
class MemoryGroupTest {

  /** Let in again: the longest pause of who asks, a change that gave up, and an election. */
  private static final Duration READMITTED_WITHIN = Duration.ofSeconds(60);

  @SimulationTest(seeds = 10)
  @DisplayName("goes on without a replica that stopped, and keeps what was acknowledged")
  void goesOnWithoutOne(Simulation simulation) {
    var total = start(simulation);
    assertThat(total.ask("n1", 5L)).isEqualTo(5);

    simulation.crash("n3");

    assertThat(total.ask("n1", 3L)).isEqualTo(8);
    assertThat(simulation.await(total.on("n2").read(0L, Read.linearizable()))).isEqualTo(8);
  }

  @SimulationTest(seeds = 10)
  @DisplayName(
      "lets a replica that starts again in by itself, as another one, and can then spare one")
  void restartedReplicaIsLetInAgain(Simulation simulation) {
    var total = start(simulation);
    assertThat(total.ask("n1", 5L)).isEqualTo(5);
    var before = configuration(simulation, total, "n1");

    for (var node : List.of("n3", "n1", "n2")) {
      simulation.crash(node);
      simulation.restart(node);
      becomesWhole(simulation, total, 3);
    }

    var after = configuration(simulation, total, "n1");
    assertThat(after.voters()).extracting(Member::node).hasSize(3);
    assertThat(after.voters()).doesNotContainAnyElementsOf(before.voters());
    simulation.crash("n1");
    assertThat(total.ask("n2", 3L)).isEqualTo(8);
  }

  @SimulationTest(seeds = 10)
  @DisplayName("counts a replica that starts again for nothing before it is let in")
  void strangersDontVote(Simulation simulation) {
    var total = start(simulation);
    assertThat(total.ask("n1", 5L)).isEqualTo(5);

    simulation.partition("n1 | n2,n3");
    simulation.crash("n3");
    simulation.restart("n3");
    var outcome = simulation.await(total.on("n2").propose(1L));

    assertThat(outcome).isNotInstanceOf(Outcome.Ok.class);
    simulation.heal();
    becomesWhole(simulation, total, 3);
  }

  @SimulationTest(seeds = 10)
  @DisplayName("is lost with most of its replicas, and stays so while one of it lives")
  void isLostWithItsMajority(Simulation simulation) {
    var total = start(simulation);
    assertThat(total.ask("n1", 5L)).isEqualTo(5);

    simulation.crash("n2");
    simulation.crash("n3");
    simulation.restart("n2");
    simulation.restart("n3");
    simulation.advance(Duration.ofMinutes(2));

    assertThat(simulation.await(total.on("n2").propose(1L))).isNotInstanceOf(Outcome.Ok.class);
  }

  @SimulationTest(seeds = 10)
  @DisplayName("lets in a newcomer that stops before it has caught up, and comes back once more")
  void stopsBeforeItHasCaughtUp(Simulation simulation) {
    var total = start(simulation);
    for (int i = 1; i <= 200; i++) {
      assertThat(total.ask("n1", 1L)).isEqualTo(i);
    }

    simulation.crash("n3");
    for (int again = 0; again < 4; again++) {
      simulation.restart("n3");
      simulation.advance(Duration.ofMillis(400 + simulation.seed() * 37 % 300));
      simulation.crash("n3");
    }
    simulation.restart("n3");

    becomesWhole(simulation, total, 3);
    assertThat(total.ask("n3", 1L)).isEqualTo(201);
  }

  @SimulationTest(seeds = 20, nodes = 5, profile = Profile.FLAKY)
  @DisplayName(
      "loses no acknowledged write while members come and go on a bad network, as long as a"
          + " majority lives without a restart")
  void nothingAcknowledgedIsLost(Simulation simulation) {
    var total = simulation.start("total", 5, Total::new, Raft.protocol(), Storage.MEMORY);
    var draw = Draw.of(simulation.seed(), "comings and goings");
    var writes = new ArrayList<CompletableFuture<Outcome<Long>>>();
    assertThat(total.ask("n1", 1L)).isEqualTo(1);
    for (int round = 0; round < 4; round++) {
      var first = "n" + (1 + draw.nextLong(5));
      var second = "n" + (1 + draw.nextLong(5));
      for (var node : List.of(first, second)) {
        simulation.crash(node);
        write(simulation, total, writes);
        simulation.advance(Duration.ofMillis(draw.nextLong(2_000)));
        simulation.restart(node);
        simulation.advance(Duration.ofMillis(draw.nextLong(2_000)));
        write(simulation, total, writes);
      }
      simulation.heal();
      becomesWhole(simulation, total, 5);
    }

    simulation.advance(Duration.ofSeconds(20));
    long acknowledged = 1 + count(writes, Outcome.Ok.class);
    long refused = count(writes, Outcome.Rejected.class);
    assertThat(total.ask("n1", 0L)).isBetween(acknowledged, 1 + writes.size() - refused);
    assertThat(acknowledged).isGreaterThan(20);
  }

  @SimulationTest(seeds = 5, nodes = 4)
  @DisplayName("lets in again who was let in by an administrator once, as what it was then")
  void joined(Simulation simulation) {
    var total = start(simulation);
    assertThat(total.ask("n1", 5L)).isEqualTo(5);
    var admin = total.on("n1").admin();
    var seen = simulation.await(admin.configuration());
    simulation.await(admin.change(seen.version(), Change.addLearner(total.replica("n4").self())));

    simulation.crash("n4");
    simulation.restart("n4");
    becomesWhole(simulation, total, 3);
    simulation.advance(Duration.ofSeconds(10));

    var after = configuration(simulation, total, "n1");
    assertThat(after.membership().learners()).containsExactly(total.replica("n4").self().store());
    assertThat(simulation.await(total.on("n4").read(0L, Read.stale()))).isEqualTo(5);
  }

  @Test
  @DisplayName("leaves a replica that starts again to an administrator if it is told to")
  void leftToAnAdministrator() {
    var off = ConfigFactory.parseString("synod.node.readmission = off");
    var simulation =
        new Simulation(1, 3, Profile.CALM, off.withFallback(GroupSettings.smallLogs()));
    var total = start(simulation);
    assertThat(total.ask("n1", 5L)).isEqualTo(5);
    simulation.crash("n3");
    simulation.restart("n3");
    simulation.advance(Duration.ofMinutes(1));
    assertThat(total.replica("n3").role()).isEqualTo("stranger");

    var admin = total.on("n1").admin();
    var seen = simulation.await(admin.configuration());
    var self = total.replica("n3").self();
    var before = seen.voters().stream().filter(one -> one.node().equals(self.node())).findFirst();
    var place = Change.add(self).and(Change.remove(before.orElseThrow().store()));
    simulation.await(admin.change(seen.version(), place));

    becomesWhole(simulation, total, 3);
  }

  @SimulationTest(seeds = 5, nodes = 4)
  @DisplayName("leaves out who lost its place to an administrator meanwhile")
  void removedMeanwhile(Simulation simulation) {
    var total = start(simulation);
    assertThat(total.ask("n1", 5L)).isEqualTo(5);
    var gone = total.on("n1").admin();
    var seen = simulation.await(gone.configuration());
    var n3 =
        seen.voters().stream()
            .filter(member -> member.node().name().equals("n3"))
            .findFirst()
            .orElseThrow();
    simulation.crash("n3");
    simulation.await(gone.change(seen.version(), Change.remove(n3.store())));

    simulation.restart("n3");
    simulation.advance(Duration.ofSeconds(30));

    assertThat(configuration(simulation, total, "n1").members())
        .extracting(member -> member.node().name())
        .containsExactlyInAnyOrder("n1", "n2");
    assertThat(total.ask("n3", 1L)).isEqualTo(6);
  }

  @SimulationTest(seeds = 10)
  @DisplayName("drops what snapshots cover, and sends one to a follower that was away for long")
  void staysBounded(Simulation simulation) {
    var total = start(simulation);
    assertThat(total.ask("n1", 1L)).isEqualTo(1);
    simulation.partition("n1,n2 | n3");
    for (int i = 2; i <= 200; i++) {
      assertThat(total.ask("n1", 1L)).isEqualTo(i);
    }
    var status = simulation.await(total.on("n1").status());
    assertThat(status.snapshotIndex()).isGreaterThan(100);

    simulation.heal();

    assertThat(total.ask("n3", 1L)).isEqualTo(201);
    simulation.advance(Duration.ofSeconds(10));
    assertThat(simulation.await(total.on("n3").read(0L, Read.stale()))).isEqualTo(201);
  }

  private static SimulatedGroup<Long, Long> start(Simulation simulation) {
    return simulation.start("total", 3, Total::new, Raft.protocol(), Storage.MEMORY);
  }

  private static void write(
      Simulation simulation,
      SimulatedGroup<Long, Long> total,
      List<CompletableFuture<Outcome<Long>>> writes) {
    for (String node : simulation.world().names()) {
      if (simulation.world().machine(node).isUp()) {
        writes.add(total.on(node).propose(1L).toCompletableFuture());
      }
    }
  }

  /** What was asked of a machine that crashed has no outcome. */
  private static long count(List<CompletableFuture<Outcome<Long>>> writes, Class<?> outcome) {
    return writes.stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .filter(outcome::isInstance)
        .count();
  }

  /** Until so many vote, each of them a replica that now runs. */
  private static void becomesWhole(
      Simulation simulation, SimulatedGroup<Long, Long> total, int voters) {
    long end = simulation.world().engine().nanoTime() + READMITTED_WITHIN.toNanos();
    var known = configuration(simulation, total, "n2");
    while (!isWhole(total, known, voters)) {
      assertThat(simulation.world().engine().nanoTime())
          .as("whole again: %s", known)
          .isLessThan(end);
      simulation.advance(Duration.ofSeconds(1));
      known = configuration(simulation, total, "n2");
    }
  }

  private static boolean isWhole(
      SimulatedGroup<Long, Long> total, Configuration known, int voters) {
    return !known.isChanging()
        && known.voters().size() == voters
        && known.voters().stream()
            .allMatch(voter -> total.replica(voter.node().name()).self().equals(voter));
  }

  private static Configuration configuration(
      Simulation simulation, SimulatedGroup<Long, Long> total, String node) {
    while (true) {
      var asked = total.on(node).admin().configuration().toCompletableFuture();
      simulation.eventually("an answer", asked::isDone, Simulation.PATIENCE);
      if (!asked.isCompletedExceptionally()) {
        return asked.join();
      }
    }
  }
}
