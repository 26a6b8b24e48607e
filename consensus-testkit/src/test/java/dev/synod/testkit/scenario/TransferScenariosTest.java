package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Change;
import dev.synod.actors.RejectedException;
import dev.synod.core.Member;
import dev.synod.core.Outcome;
import dev.synod.core.StoreId;
import dev.synod.raft.Raft;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.Total;
import dev.synod.testkit.invariant.ReplicaView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

/** Thesis §3.10 with real actors (ELE-01). */
@Tag("slow")
@DisplayName("Leadership is handed over")
class TransferScenariosTest {

  /** The default {@code synod.raft.election-timeout-min}: what an election without it waits for. */
  private static final long ELECTION_TIMEOUT_MIN = 300;

  private static final Duration DEADLINE = Duration.ofSeconds(3);

  /**
   * Breaks if the leader takes writes until it is deposed, or leaves its clients without a word.
   */
  @SimulationTest(seeds = 40)
  @DisplayName("to the member that was named, while clients write, and sooner than by a timeout")
  void whileClientsWrite(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var next = scene.others(old).get((int) (simulation.seed() % 2));
    long epoch = scene.replica(old).epoch();
    var writes = new ArrayList<CompletableFuture<Outcome<Long>>>();

    // snippet: transfer
    var admin = scene.total.on(old).admin();
    var transferred = admin.transfer(simulation.member(next).store(), Duration.ofSeconds(3));
    // end snippet
    for (int i = 0; i < 40; i++) {
      writes.addAll(scene.write(scene.others().get(i % 3), 1));
      scene.advance(5);
    }

    assertThat(simulation.await(transferred).node().name()).isEqualTo(next);
    scene.settle(writes);
    assertThat(Scene.acknowledged(writes)).isEqualTo(40);
    assertThat(scene.leader()).isEqualTo(next);
    assertThat(scene.replica(next).epoch()).isEqualTo(epoch + 1);
    assertThat(scene.total.ask(old, 0L)).isEqualTo(40);
  }

  /** Breaks if leadership goes to the first member that comes to mind, or twice. */
  @SimulationTest(nodes = 5, seeds = 20)
  @DisplayName("to any member, when none is named, once")
  void toAnyMember(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    long epoch = scene.replica(old).epoch();

    var done = simulation.await(scene.total.on(old).admin().transfer(DEADLINE));

    scene.advance(2000);
    assertThat(done.node().name()).isNotEqualTo(old).isEqualTo(scene.leader());
    assertThat(scene.replica(old).epoch()).isEqualTo(epoch + 1);
  }

  /** Breaks if the leader waits for ever, or does not take writes again. */
  @SimulationTest(seeds = 20)
  @DisplayName("to one that can't be reached: refused, or given up at the deadline")
  void unreachable(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var next = scene.others(old).get(0);
    var store = simulation.member(next).store();
    simulation.freeze(next);
    scene.advance(simulation.seed() % 400);

    var asked = scene.total.on(old).admin().transfer(store, DEADLINE).toCompletableFuture();
    simulation.eventually("an answer", asked::isDone, Simulation.PATIENCE);

    assertThat(refusal(asked)).isInstanceOf(RejectedException.class);
    assertThat(scene.leader()).isEqualTo(old);
    assertThat(scene.total.ask(old, 7L)).isEqualTo(7);
  }

  @SimulationTest(nodes = 4, seeds = 5)
  @DisplayName("not to a learner, nor to a stranger: the reason says why")
  void whoCantLead(Simulation simulation) {
    var total = simulation.start("total", 3, Total::new, Raft.protocol());
    assertThat(total.ask("n1", 4L)).isEqualTo(4);
    var admin = total.on("n1").admin();
    var before = simulation.await(admin.configuration());
    Member n4 = simulation.member("n4");
    simulation.await(admin.change(before.version(), Change.addLearner(n4)));

    var learner = admin.transfer(n4.store(), DEADLINE).toCompletableFuture();
    var stranger = admin.transfer(StoreId.of(99), DEADLINE).toCompletableFuture();
    simulation.eventually(
        "answers", () -> learner.isDone() && stranger.isDone(), Simulation.PATIENCE);

    assertThat(refusal(learner)).hasMessageContaining("learner");
    assertThat(refusal(stranger)).hasMessageContaining("not a member");
  }

  /**
   * Breaks if a leader that stops leaves the group to find out: that costs at least the minimum
   * election timeout.
   */
  @SimulationTest(seeds = 40)
  @DisplayName("when the leader's node stops: another leads before, and sooner than by a timeout")
  void atShutdown(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var others = scene.others(old);
    assertThat(scene.total.ask(old, 1L)).isEqualTo(1);
    long before = simulation.world().engine().nanoTime();

    simulation.stop(old);
    long took = simulation.world().engine().nanoTime() - before;

    assertThat(others).anyMatch(name -> scene.replica(name).leads());
    assertThat(took / 1_000_000).isLessThan(ELECTION_TIMEOUT_MIN);
    assertThat(scene.total.ask(others.get(0), 1L)).isEqualTo(2);
  }

  /** Breaks if a node without anybody to hand over to does not stop. */
  @SimulationTest(seeds = 5)
  @DisplayName("when the last nodes stop, nothing keeps them")
  void lastNodes(Simulation simulation) {
    var scene = Scene.of(simulation);
    for (String name : scene.others()) {
      long before = simulation.world().engine().nanoTime();
      simulation.stop(name);
      assertThat((simulation.world().engine().nanoTime() - before) / 1_000_000).isLessThan(2000);
    }
  }

  /** Breaks if a snapshot under way from the old leader keeps the next one's out. */
  @SimulationTest(seeds = 40)
  @DisplayName("while a follower gets its snapshot from the leader")
  void duringASnapshot(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var behind = scene.others(old).get(0);
    var next = scene.others(old).get(1);
    simulation.crash(behind);
    for (int i = 0; i < 6; i++) {
      scene.settle(scene.write(old, 50));
    }
    simulation.restart(behind);
    scene.advance(simulation.seed() % 60);

    var admin = scene.total.on(old).admin();
    simulation.await(admin.transfer(simulation.member(next).store(), DEADLINE));

    simulation.eventually(
        "it has caught up",
        () -> scene.replica(behind).committed() >= scene.replica(next).committed(),
        Duration.ofSeconds(10));
    assertThat(scene.total.ask(behind, 0L)).isEqualTo(300);
  }

  /** Breaks if what was acknowledged during a transfer is lost with the power of everybody. */
  @SimulationTest(seeds = 40)
  @DisplayName("and the power goes everywhere in the middle of it")
  void powerCut(Simulation simulation) {
    var scene = Scene.of(simulation);
    var old = scene.leader();
    var next = scene.others(old).get(0);
    var writes = scene.write(old, 5);
    scene.total.on(old).admin().transfer(simulation.member(next).store(), DEADLINE);
    scene.advance(simulation.seed() % 60);
    long acknowledged = Scene.acknowledged(writes);

    scene.others().forEach(simulation::crash);
    scene.others().forEach(simulation::restart);
    scene.leader();

    assertThat(scene.total.ask("n1", 0L)).isBetween(acknowledged, 5L);
    assertThat(scene.up()).allMatch(ReplicaView::isUp);
  }

  private static Throwable refusal(CompletableFuture<?> asked) {
    var why = asked.handle((ok, failure) -> failure).join();
    return List.of(why, why.getCause() == null ? why : why.getCause()).get(1);
  }
}
