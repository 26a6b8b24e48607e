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
import dev.synod.crdt.rules.Shard;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Machines with a replicator each, or with one for each shard of the keys. */
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
            aside-elements-min = 3
            store.snapshot-after-bytes = 2000
            store.snapshot-chunk-bytes = 100
          }
          """);

  private static final int READING_MILLIS_MAX = 10;

  private final World world;
  private final Ids kind;
  private final SimulatedRegistry registry;
  private final Optional<MachineStore> store;
  private final List<Family<?>> families;
  private final BiConsumer<Machine, ActorRef<ToReplicator>> booted;
  private final int shards;
  private final Deafness deafness;
  private final Map<String, List<ActorRef<ToReplicator>>> replicators = new HashMap<>();
  private int ids;

  ReplicatorWorld(long seed, int machines, Ids kind, String settings) {
    this(seed, machines, kind, settings, Shards.ONE, false);
  }

  /**
   * @param isOnDisk whether replicas keep what they have on the machines' disks
   */
  ReplicatorWorld(
      long seed, int machines, Ids kind, String settings, Shards shards, boolean isOnDisk) {
    this(
        seed,
        machines,
        kind,
        settings,
        shards,
        isOnDisk,
        List.of(SETS, COUNTERS, REGISTERS),
        (machine, replicator) -> {});
  }

  /**
   * @param families of the keys
   * @param booted what else is started on a machine that is switched on; is told its first shard's
   *     replicator
   */
  ReplicatorWorld(
      long seed,
      int machines,
      Ids kind,
      String settings,
      Shards shards,
      boolean isOnDisk,
      List<Family<?>> families,
      BiConsumer<Machine, ActorRef<ToReplicator>> booted) {
    this.kind = kind;
    this.shards = shards.count();
    this.families = families;
    this.booted = booted;
    var config =
        ConfigFactory.parseString(settings).withFallback(TIGHT).withFallback(ConfigFactory.load());
    var crdt = ReplicatorSettings.from(config.getConfig("synod.crdt"));
    this.store =
        isOnDisk ? Optional.of(new MachineStore(config, shards.isApart())) : Optional.empty();
    this.world = new World(seed, machines, config, machine -> boot(machine, crdt));
    this.registry = new SimulatedRegistry(world.engine());
    this.deafness = new Deafness(world.engine(), List.copyOf(world.names()), this.shards);
    world.network().disorder(message -> message instanceof PeerMessage);
    world.bootAll();
  }

  World world() {
    return world;
  }

  /** Which shards hear nothing; none until {@link Deafness#next}. */
  Deafness deafness() {
    return deafness;
  }

  /** Who decides about replicas, if anybody does. */
  SimulatedRegistry registry() {
    return registry;
  }

  /** How many replicas each machine has had; one on disk is the same after a crash. */
  Map<String, Integer> replicas() {
    var counts = new TreeMap<String, Integer>();
    for (var machine : world.machines()) {
      int ids = registry.enrolments(machine.address());
      counts.put(machine.name(), ids + (store.isPresent() ? 0 : machine.lives()));
    }
    return counts;
  }

  /** How many shards there are. */
  int shards() {
    return shards;
  }

  /** The replicator of that key in that machine's present life, if it is on. */
  Optional<ActorRef<ToReplicator>> replicator(String node, String key) {
    return replicator(node, Shard.of(key, shards));
  }

  /** The replicator of that shard in that machine's present life, if it is on. */
  Optional<ActorRef<ToReplicator>> replicator(String node, int shard) {
    return world.machine(node).isUp()
        ? Optional.ofNullable(replicators.get(node)).map(it -> it.get(shard))
        : Optional.empty();
  }

  private void boot(Machine machine, ReplicatorSettings settings) {
    var setups =
        IntStream.range(0, shards)
            .mapToObj(it -> setup(machine, settings, it).of(new Shard(it, shards)))
            .toList();
    var behaviors =
        store
            .map(it -> it.behaviors(machine, setups))
            .orElseGet(() -> setups.stream().map(Replicator::behavior).toList());
    var started =
        shards == 1 ? List.of(only(machine, behaviors.get(0))) : spawned(machine, behaviors);
    replicators.put(machine.name(), started);
    booted.accept(machine, started.get(0));
  }

  @SuppressWarnings("unchecked") // the network carries any message to the front
  private static ActorRef<ToReplicator> only(Machine machine, Behavior<ToReplicator> replicator) {
    var front = machine.spawnFront((Behavior<NodeMessage>) (Behavior<?>) replicator);
    return (ActorRef<ToReplicator>) (ActorRef<?>) front;
  }

  /** Behind a front that gives each what comes from another node's replicator of its shard. */
  @SuppressWarnings("unchecked") // the network carries any message to the front
  private List<ActorRef<ToReplicator>> spawned(
      Machine machine, List<Behavior<ToReplicator>> behaviors) {
    var all = new ArrayList<ActorRef<ToReplicator>>();
    behaviors.forEach(it -> all.add(machine.spawn(it, "shard-" + all.size())));
    Behavior<PeerMessage> front =
        Behaviors.receiveMessage(
            message -> {
              int shard = message.from().number() % shards;
              if (!deafness.isDeaf(machine.name(), shard)) {
                all.get(shard).tell(message);
              }
              return Behaviors.same();
            });
    machine.spawnFront((Behavior<NodeMessage>) (Behavior<?>) front);
    all.forEach(it -> it.tell(Replicator.meeting(all)));
    return all;
  }

  @SuppressWarnings("unchecked") // the network carries any message to the front
  private ReplicatorSetup setup(Machine machine, ReplicatorSettings settings, int shard) {
    var peers = machine.peers();
    ReplicatorPeers way =
        (node, message) ->
            peers.tell((ActorRef<PeerMessage>) (ActorRef<?>) peers.node(node), message);
    var plain =
        kind == Ids.REGISTERED
            ? new ReplicatorSetup(machine.address(), families, settings, way, registry)
            : new ReplicatorSetup(
                machine.address(),
                world.names().stream().map(Machine::addressOf).toList(),
                families,
                settings,
                way,
                idOf(machine, shard));
    return plain.aside(aside(machine));
  }

  /** Takes up to some milliseconds, so that other things happen meanwhile. */
  private Executor aside(Machine machine) {
    var host = machine.host();
    var chance = machine.chance();
    return task ->
        world
            .engine()
            .after(Duration.ofMillis(chance.nextInt(READING_MILLIS_MAX)), () -> host.execute(task));
  }

  /** The ids of a shard's replicas are congruent, which tells the front whose they are. */
  private Supplier<ReplicaId> idOf(Machine machine, int shard) {
    int own = Integer.parseInt(machine.name().substring(1));
    int number = kind == Ids.KEPT ? own : ++ids;
    var id = new ReplicaId(shards == 1 ? number : number * shards + shard);
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
    deafness.stop();
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
