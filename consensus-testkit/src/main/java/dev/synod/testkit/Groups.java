package dev.synod.testkit;

import com.typesafe.config.Config;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.actors.Storage;
import dev.synod.actors.node.ConsensusNode;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StateMachine;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.testkit.cluster.Lens;
import dev.synod.testkit.cluster.Nodes;
import dev.synod.testkit.cluster.Observed;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Invariant;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.invariant.Watch;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The groups of a simulation: started on every machine, and again whenever one boots. */
final class Groups {

  private final Map<String, ConsensusNode> nodes = new HashMap<>();
  private final List<Started<?, ?, ?>> all = new ArrayList<>();
  private final List<Watch> ended = new ArrayList<>();

  private record Started<C, R, S>(
      String name,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol,
      Storage storage,
      Optional<Lens> lens,
      Watch watch,
      SimulatedGroup<C, R> group,
      Members founders,
      Config config,
      Optional<SnapshotFile> backup) {

    void on(String name, ConsensusNode node) {
      var observed =
          lens.map(known -> Observed.protocol(protocol, name, known, watch, config))
              .orElse(protocol);
      var described = Group.of(this.name, machine).using(observed).keptIn(storage).on(founders);
      boolean founds = founders.at(node.address()).isPresent();
      group.is(name, node, founds ? founded(node, described) : node.join(described, name));
    }

    Started<C, R, S> anew(Watch other, Optional<SnapshotFile> from) {
      group.seenBy(other);
      return new Started<>(
          name, machine, protocol, storage, lens, other, group, founders, config, from);
    }

    private GroupRef<C, R> founded(ConsensusNode node, Group<C, R, S> described) {
      return backup.isPresent() ? node.restore(described, backup.get()) : node.start(described);
    }
  }

  CompletionStage<Void> stop(String name) {
    return node(name).stop();
  }

  /** The identity and place of that machine's store, as a membership change names it. */
  Member member(String name) {
    var node = node(name);
    return new Member(node.store(), new NodeAddress(name, node.address()));
  }

  /** The running node on that machine. */
  ConsensusNode node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException(name + " is down, or its disk is damaged");
    }
    return node;
  }

  void boot(Machine machine) {
    var node = Nodes.start(machine);
    nodes.put(machine.name(), node);
    all.forEach(started -> started.on(machine.name(), node));
  }

  void observe(World world) {
    world.machines().forEach(machine -> machine.afterPowerOff(() -> gone(machine.name())));
    world
        .network()
        .disorder(
            message ->
                all.stream()
                    .flatMap(started -> started.lens().stream())
                    .anyMatch(lens -> lens.isProtocol(message)));
    world
        .network()
        .observer(
            (from, to, message) ->
                all.forEach(
                    started ->
                        started
                            .lens()
                            .flatMap(lens -> lens.promiseOf(from, to, message))
                            .ifPresent(started.watch()::see)));
  }

  <C, R, S> SimulatedGroup<C, R> start(
      Simulation simulation,
      String name,
      Members founders,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol,
      Storage storage,
      Optional<Lens> lens,
      Optional<SnapshotFile> backup) {
    var world = simulation.world();
    if (lens.isPresent() && all.stream().anyMatch(started -> started.lens().isPresent())) {
      throw new IllegalArgumentException(
          "one group of a simulation is watched by invariants, and there is one already: " + name);
    }
    var watch = watch(simulation, lens);
    var group = new SimulatedGroup<C, R>(simulation, watch);
    var config = world.engine().system().settings().config();
    var started =
        new Started<>(
            name, machine, protocol, storage, lens, watch, group, founders, config, backup);
    all.add(started);
    nodes.forEach((node, running) -> started.on(node, running));
    return group;
  }

  /**
   * What boots from now on belongs to another life of that group, and other invariants watch it:
   * what the first life has promised does not bind this one.
   *
   * @param backup with whose state it begins; empty if with what is on disks
   */
  void startOver(Simulation simulation, String name, Optional<SnapshotFile> backup) {
    for (var each = all.listIterator(); each.hasNext(); ) {
      var before = each.next();
      if (before.name().equals(name)) {
        ended.add(before.watch());
        each.set(before.anew(watch(simulation, before.lens()), backup));
        return;
      }
    }
    throw new IllegalArgumentException("no group " + name + " was started");
  }

  private static Watch watch(Simulation simulation, Optional<Lens> lens) {
    var world = simulation.world();
    var rules = lens.map(Lens::invariants).orElseGet(Invariant::all);
    var watch = new Watch(world.names(), rules, world.engine()::nanoTime);
    simulation.recorder().watching(watch);
    return watch;
  }

  /** A message as the group that knows it speaks it. */
  Object spoken(Object message) {
    return all.stream()
        .flatMap(started -> started.lens().stream())
        .findFirst()
        .map(lens -> lens.spoken(message))
        .orElse(message);
  }

  Optional<Violation> violation() {
    return Stream.concat(ended.stream(), all.stream().map(Started::watch))
        .map(Watch::violation)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void gone(String node) {
    nodes.remove(node);
    for (Started<?, ?, ?> started : all) {
      started.group().gone(node);
      started.watch().see(new Change.Stopped(node));
    }
  }
}
