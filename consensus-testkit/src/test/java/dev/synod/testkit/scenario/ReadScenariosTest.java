package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Change;
import dev.synod.actors.RejectedException;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.Total;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.invariant.ReplicaView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

/**
 * Thesis §6.4 with real actors (CON-09, CON-10). Leases are on, as in all of the testkit's runs.
 */
@Tag("slow")
@DisplayName("What goes wrong with reads")
class ReadScenariosTest {

  private static final List<Read> KINDS =
      List.of(
          Read.linearizable(),
          Read.lease(),
          Read.bounded(Duration.ofMillis(100)),
          Read.atLeast(1),
          Read.stale());

  @SimulationTest(seeds = 5)
  @DisplayName("no read of any kind, on any node, makes a log grow")
  void nothingEntersTheLog(Simulation simulation) {
    var scene = Scene.of(simulation);
    assertThat(scene.total.ask("n1", 5L)).isEqualTo(5);
    scene.advance(500);
    var before = scene.up().stream().map(ReplicaView::last).toList();

    // snippet: reads
    var counter = scene.total.on("n2");
    var now = counter.read(0L, Read.linearizable());
    var recent = counter.read(0L, Read.bounded(Duration.ofMillis(100)));
    // end snippet
    assertThat(simulation.await(now)).isEqualTo(5);
    assertThat(simulation.await(recent)).isEqualTo(5);
    for (Read kind : KINDS) {
      for (String node : scene.others()) {
        assertThat(simulation.await(scene.total.on(node).read(0L, kind))).isEqualTo(5);
      }
    }
    assertThat(scene.up().stream().map(ReplicaView::last).toList()).isEqualTo(before);
  }

  @SimulationTest(seeds = 5)
  @DisplayName("a hundred reads at a follower cost the leader about as much as one")
  void oneQuestionForAll(Simulation simulation) {
    var scene = Scene.of(simulation);
    var follower = scene.others(scene.leader()).get(0);
    assertThat(scene.total.ask(follower, 5L)).isEqualTo(5);
    scene.advance(500);
    var traffic = simulation.world().network().traffic();
    long before = traffic.sent();

    var reads = new ArrayList<CompletableFuture<Long>>();
    for (int i = 0; i < 100; i++) {
      reads.add(scene.total.on(follower).read(0L, Read.linearizable()).toCompletableFuture());
    }
    simulation.eventually(
        "all are answered",
        () -> reads.stream().allMatch(CompletableFuture::isDone),
        Duration.ofSeconds(1));

    assertThat(reads).allMatch(read -> read.join() == 5);
    assertThat(traffic.sent() - before).isLessThan(30);
  }

  /** Breaks if a new leader tells a follower its index before an entry of its own is committed. */
  @SimulationTest(seeds = 50)
  @DisplayName(
      "a follower of a new leader answers no read before that one knows what was committed")
  void followerOfANewLeader(Simulation simulation) {
    var scene = Scene.of(simulation);
    for (long round = 1; round <= 4; round++) {
      var old = scene.leader();
      var others = scene.others(old);
      assertThat(scene.total.ask(old, 1L)).isEqualTo(round);
      simulation.crash(old);
      var reads = new ArrayList<CompletableFuture<Long>>();
      for (int i = 0; i < 30; i++) {
        scene.advance(20);
        for (String node : others) {
          reads.add(scene.total.on(node).read(0L, Read.linearizable()).toCompletableFuture());
        }
      }
      simulation.restart(old);

      for (CompletableFuture<Long> read : reads) {
        assertThat(simulation.await(read)).isEqualTo(round);
      }
    }
  }

  /** Breaks if a learner's answer counts for the leader's right to answer. */
  @SimulationTest(nodes = 4, seeds = 20)
  @DisplayName("a leader that only a learner hears answers no read, nor does the learner")
  void learnersDoNotCount(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 1L)).isEqualTo(1);
    var admin = total.on("n1").admin();
    long version = simulation.await(admin.configuration()).version();
    simulation.await(admin.change(version, Change.addLearner(simulation.member("n4"))));
    assertThat(simulation.await(total.on("n4").read(0L, Read.linearizable()))).isEqualTo(1);
    var leader = simulation.await(admin.leader()).node().name();
    var voters =
        simulation.world().names().stream()
            .filter(name -> !name.equals(leader) && !name.equals("n4"))
            .toList();

    simulation.partition(leader + ",n4 | " + String.join(",", voters));
    simulation.advance(Duration.ofMillis(200));
    var early = readsOf(total, leader, "n4");
    simulation.eventually(
        "another leads",
        () -> voters.stream().anyMatch(name -> total.view().replica(name).leads()),
        Scene.ELECTED_WITHIN);
    assertThat(total.ask(voters.get(0), 7L)).isEqualTo(8);
    var late = readsOf(total, leader, "n4");
    simulation.advance(Duration.ofMillis(100));

    assertThat(early).noneMatch(ReadScenariosTest::wasAnswered);
    assertThat(late).noneMatch(ReadScenariosTest::wasAnswered);
    simulation.heal();
    assertThat(late).allMatch(read -> simulation.await(read) == 8);
  }

  /** Breaks if a lease is looked at before the pause and not when the read is answered. */
  @SimulationTest(seeds = 30)
  @DisplayName("a leader that paused does not answer by the lease that it had")
  void leaseAcrossAPause(Simulation simulation) {
    var scene = Scene.of(simulation);
    assertThat(scene.total.ask("n1", 1L)).isEqualTo(1);
    var old = scene.leader();
    var others = scene.others(old);
    scene.advance(300 + simulation.seed());
    simulation.freeze(old);
    var asked = new ArrayList<CompletableFuture<Long>>();
    for (String node : scene.others()) {
      asked.add(scene.total.on(node).read(0L, Read.lease()).toCompletableFuture());
    }
    simulation.eventually(
        "another leads",
        () -> others.stream().anyMatch(name -> scene.replica(name).leads()),
        Scene.ELECTED_WITHIN);
    assertThat(scene.total.ask(others.get(0), 7L)).isEqualTo(8);
    var late = scene.total.on(old).read(0L, Read.lease()).toCompletableFuture();

    simulation.thaw(old);

    assertThat(simulation.await(late)).isEqualTo(8);
    assertThat(asked).allMatch(read -> simulation.await(read) >= 1);
  }

  /**
   * A follower that has answered the leader crashes and comes back at once; another, which the
   * leader has not reached for long, asks it for its vote. Breaks if the first one forgets what it
   * promised.
   */
  @SimulationTest(seeds = 60)
  @DisplayName("a member that restarts keeps the promise on which the leader's lease rests")
  void promiseAcrossARestart(Simulation simulation) {
    var scene = Scene.of(simulation);
    assertThat(scene.total.ask("n1", 1L)).isEqualTo(1);
    scene.advance(500);
    var leader = scene.leader();
    var near = scene.others(leader).get(0);
    var far = scene.others(leader).get(1);
    simulation.partition(leader + "," + near + " | " + far);
    scene.advance(1000 + simulation.seed() * 7);

    simulation.world().network().links().mendAll();
    simulation.partition(leader + " | " + near + "," + far);
    simulation.crash(near);
    simulation.restart(near);
    var write = scene.total.on(far).ask(7L).toCompletableFuture();
    for (int i = 0; i < 60; i++) {
      boolean acknowledged = write.isDone();
      var read = scene.total.on(leader).read(0L, Read.lease()).toCompletableFuture();
      scene.advance(10);
      if (wasAnswered(read) && acknowledged) {
        assertThat(read.join()).isEqualTo(8);
      }
    }
    simulation.heal();
    assertThat(simulation.await(write)).isEqualTo(8);
  }

  /** Breaks if a replica takes itself for up to date though it has not asked for long. */
  @SimulationTest(seeds = 20)
  @DisplayName("a replica that is cut off answers bounded reads as long as it may, then no more")
  void boundedWhenCutOff(Simulation simulation) {
    var scene = Scene.of(simulation);
    var lag = Read.bounded(Duration.ofSeconds(2));
    assertThat(scene.total.ask("n1", 1L)).isEqualTo(1);
    var alone = scene.others(scene.leader()).get(0);
    assertThat(simulation.await(scene.total.on(alone).read(0L, lag))).isEqualTo(1);
    simulation.partition(alone + " | " + String.join(",", scene.others(alone)));

    scene.advance(1500);
    assertThat(simulation.await(scene.total.on(alone).read(0L, lag))).isEqualTo(1);
    assertThat(scene.total.ask(scene.others(alone).get(0), 7L)).isEqualTo(8);
    scene.advance(600);
    var late = scene.total.on(alone).read(0L, lag).toCompletableFuture();
    simulation.eventually("an answer", late::isDone, Simulation.PATIENCE);

    assertThat(late.handle((ok, why) -> why).join())
        .hasRootCauseInstanceOf(RejectedException.class);
    simulation.heal();
    assertThat(simulation.await(scene.total.on(alone).read(0L, lag))).isEqualTo(8);
  }

  /** Breaks if a follower waits for a leader that is gone. */
  @SimulationTest(seeds = 20)
  @DisplayName("reads at a follower outlast the leader")
  void leaderGoes(Simulation simulation) {
    var scene = Scene.of(simulation);
    assertThat(scene.total.ask("n1", 3L)).isEqualTo(3);
    var old = scene.leader();
    var follower = scene.others(old).get(0);
    var reads = new ArrayList<CompletableFuture<Long>>();
    for (int i = 0; i < 10; i++) {
      reads.add(scene.total.on(follower).read(0L, Read.linearizable()).toCompletableFuture());
      scene.advance(simulation.seed() % 3);
    }
    simulation.crash(old);

    assertThat(reads).allMatch(read -> simulation.await(read) == 3);
    assertThat(simulation.await(scene.total.on(follower).read(0L, Read.linearizable())))
        .isEqualTo(3);
  }

  @SimulationTest(nodes = 4, seeds = 10)
  @DisplayName("what a write's index promises, a learner keeps too")
  void readYourWritesAnywhere(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 1L)).isEqualTo(1);
    var admin = total.on("n1").admin();
    long version = simulation.await(admin.configuration()).version();
    simulation.await(admin.change(version, Change.addLearner(simulation.member("n4"))));
    simulation.apply(new Fault.SlowDisk("n4", Duration.ofMillis(300)));

    for (long sum = 2; sum < 12; sum++) {
      var done = simulation.await(total.on("n1").propose(1L));
      long index = ((Outcome.Ok<Long>) done).index();
      for (String node : simulation.world().names()) {
        assertThat(simulation.await(total.on(node).read(0L, Read.atLeast(index)))).isEqualTo(sum);
      }
    }
  }

  private static List<CompletableFuture<Long>> readsOf(
      SimulatedGroup<Long, Long> total, String... nodes) {
    var reads = new ArrayList<CompletableFuture<Long>>();
    for (String node : nodes) {
      reads.add(total.on(node).read(0L, Read.linearizable()).toCompletableFuture());
      reads.add(total.on(node).read(0L, Read.lease()).toCompletableFuture());
    }
    return reads;
  }

  private static boolean wasAnswered(CompletableFuture<Long> read) {
    return read.isDone() && !read.isCompletedExceptionally();
  }
}
