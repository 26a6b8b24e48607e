package dev.synod.testkit.crdt;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.message.NodeMessage;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.LwwRegister;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.ReplicatorPeers;
import dev.synod.crdt.actor.ReplicatorSettings;
import dev.synod.crdt.actor.ReplicatorSetup;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Machines with a replicator each. */
final class ReplicatorWorld {

  static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  static final Family<LwwRegister<String>> REGISTERS =
      new Family<>("register/", PlainCodecs.lwwRegister(Codec.text()), LwwRegister.empty());

  /** So tight that intervals are trimmed, values divided and searches needed all the time. */
  private static final Config TIGHT =
      ConfigFactory.parseString(
          """
          synod.crdt {
            changes-kept = 12
            changes-per-message-max = 3
            nodes-per-message-max = 3
            bytes-per-message-max = 100
            unanswered-max = 2
            held-max = 4
            resend-interval = 60ms
            anti-entropy-interval = 250ms
            tick-interval = 10ms
            piece-bytes = 48
            pieces-in-flight-max = 2
            store.snapshot-after-bytes = 2000
            store.snapshot-chunk-bytes = 100
          }
          """);

  private final World world;
  private final Ids kind;
  private final SimulatedRegistry registry;
  private final Optional<MachineStore> store;
  private final List<Family<?>> families;
  private final BiConsumer<Machine, ActorRef<ToReplicator>> booted;
  private final Map<String, ActorRef<ToReplicator>> replicators = new HashMap<>();
  private int ids;

  ReplicatorWorld(long seed, int machines, Ids kind, String settings) {
    this(seed, machines, kind, settings, false);
  }

  /**
   * @param isOnDisk whether replicas keep what they have on the machines' disks
   */
  ReplicatorWorld(long seed, int machines, Ids kind, String settings, boolean isOnDisk) {
    this(
        seed,
        machines,
        kind,
        settings,
        isOnDisk,
        List.of(SETS, COUNTERS, REGISTERS),
        (machine, replicator) -> {});
  }

  /**
   * @param families of the keys
   * @param booted what else is started on a machine that is switched on
   */
  ReplicatorWorld(
      long seed,
      int machines,
      Ids kind,
      String settings,
      boolean isOnDisk,
      List<Family<?>> families,
      BiConsumer<Machine, ActorRef<ToReplicator>> booted) {
    this.kind = kind;
    this.families = families;
    this.booted = booted;
    var config =
        ConfigFactory.parseString(settings).withFallback(TIGHT).withFallback(ConfigFactory.load());
    var crdt = ReplicatorSettings.from(config.getConfig("synod.crdt"));
    this.store = isOnDisk ? Optional.of(new MachineStore(config)) : Optional.empty();
    this.world = new World(seed, machines, config, machine -> boot(machine, crdt));
    this.registry = new SimulatedRegistry(world.engine());
    world.network().disorder(message -> message instanceof PeerMessage);
    world.bootAll();
  }

  World world() {
    return world;
  }

  /** Who decides about replicas, if anybody does. */
  SimulatedRegistry registry() {
    return registry;
  }

  /** The replicator of that machine's present life, if it is on. */
  Optional<ActorRef<ToReplicator>> replicator(String node) {
    return world.machine(node).isUp()
        ? Optional.ofNullable(replicators.get(node))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // the network carries any message to the front
  private void boot(Machine machine, ReplicatorSettings settings) {
    var peers = machine.peers();
    ReplicatorPeers way =
        (node, message) ->
            peers.tell((ActorRef<PeerMessage>) (ActorRef<?>) peers.node(node), message);
    var setup =
        kind == Ids.REGISTERED
            ? new ReplicatorSetup(machine.address(), families, settings, way, registry)
            : new ReplicatorSetup(
                machine.address(),
                world.names().stream().map(Machine::addressOf).toList(),
                families,
                settings,
                way,
                idOf(machine));
    var replicator =
        store.map(it -> it.behavior(machine, setup)).orElseGet(() -> Replicator.behavior(setup));
    var front = machine.spawnFront((Behavior<NodeMessage>) (Behavior<?>) replicator);
    var started = (ActorRef<ToReplicator>) (ActorRef<?>) front;
    replicators.put(machine.name(), started);
    booted.accept(machine, started);
  }

  private Supplier<ReplicaId> idOf(Machine machine) {
    int own = Integer.parseInt(machine.name().substring(1));
    var id = new ReplicaId(kind == Ids.KEPT ? own : ++ids);
    return () -> id;
  }

  /** A change of so many elements at once. */
  static Replicator.Update<AddWinsSet<String>> adding(
      String key, int from, int count, ActorRef<UpdateOutcome> replyTo) {
    return new Replicator.Update<>(
        SETS,
        key,
        (set, me) -> {
          var all = set;
          AddWinsSet<String> added = AddWinsSet.empty();
          for (int i = from; i < from + count; i++) {
            var one = all.add(me, "element-" + i);
            added = added.merge(one);
            all = all.merge(one);
          }
          return added;
        },
        Consistency.local(),
        replyTo);
  }

  /** All that is wrong ends; what is off is switched on. */
  void heal() {
    world.network().links().mendAll();
    world.network().quality(LinkQuality.GOOD);
    for (Machine machine : world.machines()) {
      machine.clockRate(1);
      machine.thaw();
      machine.disk().heal();
      if (store.isPresent() && store.get().hasFailed(machine.name())) {
        machine.crash(MemoryDisk.Tear.NOTHING_KEPT);
      }
      machine.boot();
    }
  }
}
