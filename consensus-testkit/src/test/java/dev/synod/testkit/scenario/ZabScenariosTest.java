package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.SimulationTest;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.zab.Zab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

/**
 * The rules' part of each is {@code ZabKnownFailuresTest}; here real actors, logs and snapshots go
 * through it.
 */
@Tag("slow")
@DisplayName("What went wrong with ZooKeeper")
class ZabScenariosTest {

  /** Entries of the group fill less than that each. */
  private static final int A_SEGMENT_FULL = 1500;

  private static Scene scene(Simulation simulation) {
    return Scene.of(simulation, Zab.protocol());
  }

  /**
   * Who leads in the newest epoch, and has a quorum. A leader of ZAB proposes nothing by itself.
   */
  private static String leader(Scene scene) {
    scene.simulation.eventually(
        "somebody leads", () -> !leading(scene).isEmpty(), Scene.ELECTED_WITHIN);
    return leading(scene).get(0);
  }

  private static List<String> leading(Scene scene) {
    long newest = scene.up().stream().mapToLong(ReplicaView::epoch).max().orElse(0);
    return scene.up().stream()
        .filter(replica -> replica.leads() && replica.epoch() == newest)
        .map(ReplicaView::node)
        .toList();
  }

  private static void write(Scene scene, String node, int times) {
    var writes = scene.write(node, times);
    scene.settle(writes);
    assertThat(Scene.acknowledged(writes)).isEqualTo(times);
  }

  /** Every replica comes to the same state, which has all that was acknowledged. */
  private static void whole(Scene scene, long least, long most) {
    long total = scene.total.ask(leader(scene), 0L);
    assertThat(total).isBetween(least, most);
    scene.simulation.eventually(
        "all have all",
        () -> scene.up().stream().map(ReplicaView::committed).distinct().count() == 1,
        Scene.ELECTED_WITHIN);
    for (String node : scene.simulation.world().names()) {
      assertThat(scene.total.ask(node, 0L)).isEqualTo(total);
    }
  }

  /** Breaks if a follower acknowledges what its disk has not taken. */
  @SimulationTest(seeds = 20)
  @DisplayName("ACK before fsync: who loses its memory has acknowledged nothing of it")
  void ackBeforeFsync(Simulation simulation) {
    var scene = scene(simulation);
    var leader = leader(scene);
    write(scene, leader, 3);
    var followers = scene.others(leader);
    followers.forEach(scene::stickDisk);
    var writes = scene.write(leader, 5);
    scene.advance(100);

    assertThat(Scene.acknowledged(writes)).isZero();
    followers.forEach(simulation::crash);
    followers.forEach(simulation::restart);
    simulation.crash(leader);
    scene.settle(scene.write(followers.get(0), 1));
    simulation.restart(leader);
    whole(scene, 3, 9);
  }

  /**
   * A follower that is behind loses its power in the midst of DIFF; then the leader is lost, and it
   * must decide with the third. Breaks if an epoch is written before its history: the follower
   * would be taken for newer than it is.
   */
  @SimulationTest(seeds = 30)
  @DisplayName("epoch before transactions: the power goes in the midst of DIFF")
  void diesInTheMiddleOfDiff(Simulation simulation) {
    var scene = scene(simulation);
    int writes = 40;
    var behind = behind(scene, 1, writes);

    diesAndDecides(scene, behind, 1 + (int) (simulation.seed() % 15));
    whole(scene, writes, writes + 1);
  }

  /** The same in the midst of SNAP and what comes after. Breaks if DIFF counts and SNAP is lost. */
  @SimulationTest(seeds = 30)
  @DisplayName("SNAP not persisted, then DIFF: the power goes in the midst of them")
  void diesInTheMiddleOfSnap(Simulation simulation) {
    var scene = scene(simulation);
    var behind = behind(scene, 6, 50);

    diesAndDecides(scene, behind, 1 + (int) (simulation.seed() % 30));
    whole(scene, 300, 301);
  }

  /** A follower that is down while so many entries are committed. */
  private static String behind(Scene scene, int rounds, int writes) {
    var leader = leader(scene);
    var behind = scene.others(leader).get(0);
    scene.simulation.crash(behind);
    for (int i = 0; i < rounds; i++) {
      write(scene, leader, writes);
    }
    scene.advance(200);
    return behind;
  }

  private static void diesAndDecides(Scene scene, String behind, int operations) {
    var simulation = scene.simulation;
    simulation.restart(behind);
    simulation.apply(new Fault.CrashInWrite(behind, operations, Tear.ANY_SECTORS_KEPT));
    scene.advance(1500);
    var leader = leader(scene);
    simulation.crash(leader);
    simulation.heal();
    simulation.crash(leader);
    scene.settle(scene.write(scene.others(leader, behind).get(0), 1));
    simulation.restart(leader);
  }

  /**
   * Proposals get lost, doubled and overtaken while many are under way, and their leader is lost.
   * Breaks if a follower writes what does not continue its log.
   */
  @SimulationTest(seeds = 30, profile = Profile.FLAKY)
  @DisplayName("a hole in a log is not written, so no later leader spreads it")
  void holePropagated(Simulation simulation) {
    var scene = scene(simulation);
    var leader = leader(scene);
    var writes = new ArrayList<CompletableFuture<Outcome<Long>>>();
    for (int i = 0; i < 40; i++) {
      writes.addAll(scene.write(leader, 1));
      scene.advance(1);
    }
    scene.advance(simulation.seed());
    simulation.crash(leader);

    scene.settle(scene.write(scene.others(leader).get(0), 1));
    simulation.restart(leader);
    simulation.heal();
    whole(scene, 0, 41);
  }

  /**
   * A leader that is cut off fills more than a segment with what nobody else has; meanwhile the
   * others go on in a later epoch. Breaks if TRUNC does not reach across a segment's border.
   */
  @SimulationTest(seeds = 10)
  @DisplayName("an uncommitted tail of more than a segment, of an older epoch, is cut off (TRUNC)")
  void uncommittedTail(Simulation simulation) {
    var scene = scene(simulation);
    var old = leader(scene);
    var rest = String.join(",", scene.others(old));
    write(scene, old, 1);
    long start = scene.replica(old).last();
    simulation.world().machine(old).clockRate(0.4);
    simulation.partition(old + " | " + rest);
    var lost = scene.write(old, A_SEGMENT_FULL);
    simulation.eventually(
        "another leads",
        () -> leading(scene).stream().anyMatch(scene.others(old)::contains),
        Scene.ELECTED_WITHIN);
    assertThat(scene.replica(old).last() - start).isGreaterThan(100);
    assertThat(segments(simulation, old)).isGreaterThan(1);
    write(scene, leader(scene), 7);

    simulation.heal();
    simulation.world().machine(old).clockRate(1);
    scene.settle(lost);
    whole(scene, 8, 8 + A_SEGMENT_FULL);
    assertThat(Scene.acknowledged(lost)).isLessThanOrEqualTo(A_SEGMENT_FULL);
  }

  private static int segments(Simulation simulation, String node) {
    try {
      return simulation.world().machine(node).disk().memory().list("wal").size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A server with a tail that nobody knows of comes back. Breaks if it stands for election in spite
   * of a live quorum, or keeps its tail.
   */
  @SimulationTest(seeds = 20)
  @DisplayName("a looking server joins a live quorum, whatever it has itself")
  void joinsLiveQuorum(Simulation simulation) {
    var scene = scene(simulation);
    var old = leader(scene);
    loneTail(scene, old, 20);
    var leader = leader(scene);
    write(scene, leader, 5);
    long epoch = scene.replica(leader).epoch();

    simulation.heal();
    simulation.restart(old);
    scene.advance(3000);

    assertThat(leader(scene)).isEqualTo(leader);
    assertThat(scene.replica(leader).epoch()).isEqualTo(epoch);
    whole(scene, 5, 5);
  }

  /** That leader is cut off, appends so much, and crashes; another leads. */
  private static void loneTail(Scene scene, String old, int length) {
    var simulation = scene.simulation;
    simulation.partition(old + " | " + String.join(",", scene.others(old)));
    long before = scene.replica(old).last();
    scene.write(old, length);
    simulation.eventually(
        "it has a tail",
        () -> scene.replica(old).last() > before && scene.replica(old).forced() > before,
        Scene.ELECTED_WITHIN);
    simulation.crash(old);
    leader(scene);
  }

  /** Breaks if a server with fewer transactions, or with older ones, comes to lead. */
  @SimulationTest(nodes = 5, seeds = 20)
  @DisplayName("all restart at once with different tails, and what was acknowledged is there")
  void allRestart(Simulation simulation) {
    var scene = scene(simulation);
    long acknowledged = 0;
    for (int round = 1; round <= 2; round++) {
      var old = leader(scene);
      write(scene, old, round * 3);
      acknowledged += round * 3L;
      loneTail(scene, old, round * 4);
      simulation.world().network().links().mendAll();
    }
    write(scene, leader(scene), 2);
    acknowledged += 2;

    var all = simulation.world().names().stream().sorted(Comparator.naturalOrder()).toList();
    scene.up().stream().map(ReplicaView::node).toList().forEach(simulation::crash);
    all.forEach(simulation::restart);
    whole(scene, acknowledged, acknowledged + 12);
  }
}
