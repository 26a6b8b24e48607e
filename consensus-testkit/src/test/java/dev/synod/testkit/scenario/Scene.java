package dev.synod.testkit.scenario;

import dev.synod.actors.Protocol;
import dev.synod.actors.Storage;
import dev.synod.core.Outcome;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.Total;
import dev.synod.testkit.cluster.Nodes;
import dev.synod.testkit.invariant.ReplicaView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One Raft group on all machines of a simulation, and the words in which scenarios are told. */
final class Scene {

  /** Ten times the longest wait for a leader. */
  static final Duration ELECTED_WITHIN = Duration.ofSeconds(6);

  final Simulation simulation;
  final SimulatedGroup<Long, Long> total;

  private Scene(Simulation simulation, int founders, Protocol protocol, Storage storage) {
    this(simulation, simulation.start("total", founders, Total::new, protocol, storage));
  }

  private Scene(Simulation simulation, SimulatedGroup<Long, Long> total) {
    this.simulation = simulation;
    this.total = total;
  }

  /** The group is founded by the first three machines, n3 is a witness, and somebody leads. */
  static Scene witnessed(Simulation simulation) {
    var founders = Nodes.members(3).withWitnesses("n3");
    return begun(
        new Scene(simulation, simulation.start("total", founders, Total::new, Raft.protocol())));
  }

  /** The group is founded, and somebody leads. */
  static Scene of(Simulation simulation) {
    return of(simulation, Raft.protocol());
  }

  /** As {@link #of(Simulation)}, with replicas that the test has set up. */
  static Scene of(Simulation simulation, Protocol protocol) {
    return of(simulation, simulation.world().names().size(), protocol, Storage.DISK);
  }

  /** The same, by the first machines only: the others are clients. */
  static Scene of(Simulation simulation, int founders) {
    return of(simulation, founders, Raft.protocol(), Storage.DISK);
  }

  /** The same, in memory: a crash takes all that a machine had of it. */
  static Scene inMemory(Simulation simulation, int founders) {
    return of(simulation, founders, Raft.protocol(), Storage.MEMORY);
  }

  /** The same, where no invariants look on; nobody need lead yet. */
  static Scene inMemory(Simulation simulation, int founders, Unobserved protocol) {
    return new Scene(simulation, founders, protocol, Storage.MEMORY);
  }

  private static Scene of(Simulation simulation, int founders, Protocol protocol, Storage storage) {
    return begun(new Scene(simulation, founders, protocol, storage));
  }

  private static Scene begun(Scene scene) {
    scene.total.ask("n1", 0L);
    scene.leader();
    return scene;
  }

  /** Who leads, and has committed an entry of its own; waits for one if there is none. */
  String leader() {
    simulation.eventually("somebody leads", () -> leading().isPresent(), ELECTED_WITHIN);
    return leading().orElseThrow().node();
  }

  /** Who leads in the newest epoch of all that are up, and has committed an entry of it. */
  Optional<ReplicaView> leading() {
    var newest = up().stream().mapToLong(ReplicaView::epoch).max().orElse(0);
    return up().stream()
        .<ReplicaView>map(replica -> replica)
        .filter(replica -> replica.leads() && replica.epoch() == newest)
        .filter(replica -> replica.committed() > replica.base())
        .filter(replica -> replica.epochAt(replica.committed()) == newest)
        .findFirst();
  }

  List<? extends ReplicaView> up() {
    return total.view().replicas().stream().filter(ReplicaView::isUp).toList();
  }

  ReplicaView replica(String node) {
    return total.view().replica(node);
  }

  /** All machines but these, in order. */
  List<String> others(String... names) {
    return simulation.world().names().stream()
        .filter(name -> !Arrays.asList(names).contains(name))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** Adds 1 so many times from that machine, all under way at once, and does not wait. */
  List<CompletableFuture<Outcome<Long>>> write(String node, int times) {
    var under = new ArrayList<CompletableFuture<Outcome<Long>>>();
    for (int i = 0; i < times; i++) {
      under.add(total.on(node).propose(1L).toCompletableFuture());
    }
    return under;
  }

  static long acknowledged(List<CompletableFuture<Outcome<Long>>> writes) {
    return writes.stream()
        .filter(write -> write.isDone() && write.join() instanceof Outcome.Ok)
        .count();
  }

  /** Until all have their outcome. */
  void settle(List<CompletableFuture<Outcome<Long>>> writes) {
    simulation.eventually(
        "all have an outcome",
        () -> writes.stream().allMatch(CompletableFuture::isDone),
        Simulation.PATIENCE);
  }

  void advance(long milliseconds) {
    simulation.advance(Duration.ofMillis(milliseconds));
  }

  void stickDisk(String node) {
    simulation.world().machine(node).disk().stick();
  }

  void unstickDisk(String node) {
    simulation.world().machine(node).disk().unstick();
  }
}
