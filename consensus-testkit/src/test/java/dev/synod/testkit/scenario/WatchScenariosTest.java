package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Change;
import dev.synod.actors.From;
import dev.synod.actors.RefoundedException;
import dev.synod.core.Outcome;
import dev.synod.raft.Raft;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("What goes wrong with watches")
class WatchScenariosTest {

  /** A few tries at each replica. */
  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** Breaks if a watch that begins with what was compacted begins with what is there instead. */
  @SimulationTest(seeds = 20)
  @DisplayName("what is compacted is not passed over: the first index that is there is told")
  void compactedPast(Simulation simulation) {
    var scene = Scene.of(simulation);
    var made = written(scene, 300);
    scene.advance(2000);

    var tooFar = Seen.by(scene, "n2", From.index(1));
    simulation.eventually("it is told", tooFar::hasEnded, WITHIN);
    var told = tooFar.compacted();
    var again = Seen.by(scene, "n2", From.index(told.first()));

    assertThat(tooFar.indexes()).isEmpty();
    assertThat(told.next()).isEqualTo(1);
    assertThat(told.first()).isBetween(2L, made.get(299));
    var kept = made.stream().filter(index -> index >= told.first()).toList();
    simulation.eventually("all", () -> again.indexes().equals(kept), WITHIN);
  }

  /** Breaks if a slow consumer holds others up, or is fed what comes after a gap. */
  @SimulationTest(seeds = 20)
  @DisplayName("a consumer that stands still slows nobody, and learns at its end where it was")
  void slowConsumer(Simulation simulation) {
    var scene = Scene.of(simulation);
    long begin = written(scene, 1).get(0);
    var slow = Seen.by(scene, "n3", From.after(begin));
    var made = new ArrayList<>(written(scene, 5));
    simulation.eventually("it sees them", () -> slow.indexes().equals(made), WITHIN);
    slow.standStill();

    made.addAll(written(scene, 20)); // few enough to be kept in memory: they fill its buffer
    made.addAll(written(scene, 380));
    slow.goOn();
    simulation.eventually("it ends", slow::hasEnded, WITHIN);

    int seen = slow.indexes().size();
    assertThat(slow.indexes()).isEqualTo(made.subList(0, seen));
    assertThat(seen).isBetween(6, 40);
    assertThat(slow.compacted().next())
        .isGreaterThan(made.get(seen - 1))
        .isLessThanOrEqualTo(made.get(seen));
    assertThat(slow.compacted().first()).isGreaterThan(slow.compacted().next());
  }

  /**
   * Too little is written for a snapshot, so nothing is excused. Breaks if another replica goes on
   * from now, or from where it is itself.
   */
  @SimulationTest(nodes = 4, seeds = 40, profile = Profile.FLAKY)
  @DisplayName("replicas die one after the other: a watch from a node without any goes on")
  void servingReplicasDie(Simulation simulation) {
    var scene = Scene.of(simulation, 3);
    long begin = written(scene, 1).get(0);
    var seen = Seen.by(scene, "n4", From.after(begin));
    var acknowledged = new ArrayList<Long>();

    for (String dies : List.of("n1", "n2", "n3", "n1")) {
      var writes = scene.write("n4", 4);
      scene.advance(simulation.seed() * 7 % 100);
      simulation.crash(dies);
      scene.settle(writes);
      simulation.restart(dies);
      acknowledged.addAll(indexesOf(writes));
    }

    assertThat(acknowledged).hasSizeGreaterThan(12);
    simulation.eventually(
        "all that was acknowledged", () -> seen.indexes().containsAll(acknowledged), WITHIN);
    assertThat(seen.indexes()).isSorted().doesNotHaveDuplicates();
  }

  /**
   * Too little is written for a snapshot. Breaks if changes of a leader that was deposed are told,
   * or some are told again.
   */
  @SimulationTest(seeds = 40)
  @DisplayName("leaders come and go: every watch tells the same, and only what was applied")
  void leadersChange(Simulation simulation) {
    var scene = Scene.of(simulation);
    long begin = written(scene, 1).get(0);
    var watches =
        simulation.world().names().stream()
            .map(node -> Seen.by(scene, node, From.after(begin)))
            .toList();
    var acknowledged = new ArrayList<Long>();

    for (int round = 0; round < 4; round++) {
      var leader = scene.leader();
      var writes = scene.write(leader, 4);
      scene.advance(simulation.seed() % 20);
      simulation.partition(leader + " | " + String.join(",", scene.others(leader)));
      scene.advance(1500);
      simulation.heal();
      scene.settle(writes);
      acknowledged.addAll(indexesOf(writes));
    }
    long last = written(scene, 1).get(0);

    simulation.eventually(
        "all tell of the last one",
        () -> watches.stream().allMatch(one -> one.indexes().contains(last)),
        WITHIN);
    assertThat(watches).allSatisfy(one -> assertThat(one.seen).isEqualTo(watches.get(0).seen));
    assertThat(watches.get(0).indexes()).containsAll(acknowledged).isSorted();
  }

  /** Breaks if the entries that an installed snapshot takes the place of are passed over. */
  @SimulationTest(seeds = 40)
  @DisplayName("a snapshot jumps over what a watch wants: others have it, or it is told")
  void snapshotJumps(Simulation simulation) {
    var scene = Scene.of(simulation);
    var behind = scene.others(scene.leader()).get(0);
    long begin = written(scene, 1).get(0);
    var seen = Seen.by(scene, behind, From.after(begin));
    var made = new ArrayList<>(written(scene, 10));
    simulation.eventually("it sees them", () -> seen.indexes().size() == 10, WITHIN);

    simulation.partition(behind + " | " + String.join(",", scene.others(behind)));
    made.addAll(written(scene, (int) (simulation.seed() * 10 % 400), scene.others(behind).get(0)));
    simulation.heal();

    simulation.eventually(
        "it has seen all, or is told",
        () -> seen.hasEnded() || seen.indexes().equals(made),
        WITHIN);
    assertThat(seen.indexes()).isEqualTo(made.subList(0, seen.indexes().size()));
    if (seen.hasEnded()) {
      assertThat(seen.compacted().next()).isLessThanOrEqualTo(made.get(seen.indexes().size()));
    }
  }

  /** Breaks if watches share a place, or one takes another's (DESIGN §7: one watcher per key). */
  @SimulationTest(seeds = 10)
  @DisplayName("many watch: each sees all from where it began, whatever becomes of the others")
  void manyAreIndependent(Simulation simulation) {
    var scene = Scene.of(simulation);
    long begin = written(scene, 1).get(0);
    var early = new ArrayList<Seen>();
    for (int i = 0; i < 30; i++) {
      early.add(Seen.by(scene, "n" + (1 + i % 3), From.after(begin)));
    }
    var made = new ArrayList<>(written(scene, 15));
    var late = Seen.by(scene, "n1", From.index(made.get(10)));
    early.subList(0, 15).forEach(Seen::stop);

    made.addAll(written(scene, 15));

    simulation.eventually(
        "all that go on see all",
        () -> early.subList(15, 30).stream().allMatch(one -> one.indexes().equals(made)),
        WITHIN);
    simulation.eventually(
        "who came late, too", () -> late.indexes().equals(made.subList(10, 30)), WITHIN);
  }

  /** Breaks if a replica that was let in again serves what it was not there for as nothing. */
  @SimulationTest(nodes = 4, seeds = 20)
  @DisplayName("replicas in memory come back one by one as new members: a watch goes on")
  void readmitted(Simulation simulation) {
    var scene = Scene.inMemory(simulation, 3);
    long begin = written(scene, 1).get(0);
    var seen = Seen.by(scene, "n4", From.after(begin));
    var made = new ArrayList<Long>();

    for (String dies : List.of("n1", "n2", "n3")) {
      made.addAll(written(scene, 4, "n4"));
      simulation.crash(dies);
      made.addAll(written(scene, 2, "n4"));
      simulation.restart(dies);
      while (!votesAgain(scene, dies)) {
        scene.advance(500);
      }
    }
    made.addAll(written(scene, 2, "n4"));

    simulation.eventually("it sees all", () -> seen.indexes().equals(made), WITHIN);
  }

  /** Breaks if a replica serves watches that hears of nothing any more, and never will. */
  @SimulationTest(seeds = 20)
  @DisplayName("the replica that serves it is removed from the group: a watch goes on elsewhere")
  void removed(Simulation simulation) {
    var scene = Scene.of(simulation);
    long begin = written(scene, 1).get(0);
    var removed = scene.others(scene.leader()).get(0);
    var seen = Seen.by(scene, removed, From.after(begin));
    var made = new ArrayList<>(written(scene, 5));
    simulation.eventually("it sees them", () -> seen.indexes().equals(made), WITHIN);

    var admin = scene.total.on(scene.leader()).admin();
    var known = simulation.await(admin.configuration());
    var store = scene.total.replica(removed).self().store();
    simulation.await(admin.change(known.version(), Change.remove(store)));
    made.addAll(written(scene, 20));

    simulation.eventually("it sees all", () -> seen.indexes().equals(made), WITHIN);
  }

  /** Breaks if a watch waits for the new group to come to its index, and goes on behind it. */
  @SimulationTest(nodes = 4, seeds = 20)
  @DisplayName("a group in memory is lost and founded anew: a watch does not go on in the new one")
  void refounded(Simulation simulation) {
    var scene = Scene.inMemory(simulation, 3, new Unobserved(Raft.protocol()));
    long begin = scene.total.ask("n1", 1L);
    var seen = Seen.by(scene, "n4", From.index(1));
    scene.settle(scene.write("n1", 5));
    simulation.eventually("it sees them", () -> seen.indexes().size() == 5 + begin, WITHIN);
    var before = seen.indexes();

    List.of("n1", "n2", "n3").forEach(simulation::crash);
    List.of("n1", "n2", "n3").forEach(simulation::restart);
    scene.settle(scene.write("n1", 20));

    simulation.eventually("it is told", seen::hasEnded, WITHIN);
    assertThat(seen.indexes()).isEqualTo(before);
    assertThat(seen.failure())
        .isInstanceOfSatisfying(
            RefoundedException.class,
            why -> assertThat(why.next()).isGreaterThan(before.get(before.size() - 1)));
  }

  private static boolean votesAgain(Scene scene, String node) {
    var known = scene.simulation.await(scene.total.on("n4").admin().configuration());
    return !known.isChanging() && known.isVoter(scene.total.replica(node).self().store());
  }

  private static List<Long> written(Scene scene, int times) {
    return written(scene, times, scene.leader());
  }

  /** Their indexes, in order. */
  private static List<Long> written(Scene scene, int times, String node) {
    var indexes = new ArrayList<Long>();
    while (indexes.size() < times) {
      var writes = scene.write(node, Math.min(50, times - indexes.size()));
      scene.settle(writes);
      assertThat(Scene.acknowledged(writes)).isEqualTo(writes.size());
      indexes.addAll(indexesOf(writes));
    }
    return indexes;
  }

  private static List<Long> indexesOf(List<CompletableFuture<Outcome<Long>>> writes) {
    return writes.stream()
        .map(CompletableFuture::join)
        .filter(Outcome.Ok.class::isInstance)
        .map(outcome -> ((Outcome.Ok<Long>) outcome).index())
        .sorted()
        .toList();
  }
}
