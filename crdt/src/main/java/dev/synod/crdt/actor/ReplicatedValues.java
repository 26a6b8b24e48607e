package dev.synod.crdt.actor;

import dev.synod.actors.client.Asking;
import dev.synod.actors.node.FrameCheck;
import dev.synod.actors.settings.Section;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Shard;
import dev.synod.crdt.store.LogReplicaStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;

/**
 * Replicated data in an actor system: a replica of keyed values on this node, and others on other
 * nodes, which tell each other of changes. Any of them takes changes at any time; those that have
 * heard of the same changes have equal values. Kept in memory, unless a directory is named: then a
 * node that starts again gets what the others have, and what only it had is gone.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplicatedValues {

  private static final String ACTOR = "synod-crdt-";

  /** An answer is late by the time that it takes to come here. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** A replica that has just begun stops at once, unless it waits for a slow disk. */
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final List<ActorRef<ToReplicator>> shards;
  private final boolean isRegistered;
  private final Optional<List<Family<?>>> families;

  private ReplicatedValues(
      ActorSystem<?> system,
      List<ActorRef<ToReplicator>> shards,
      boolean isRegistered,
      Optional<List<Family<?>>> families) {
    this.system = system;
    this.shards = List.copyOf(shards);
    this.isRegistered = isRegistered;
    this.families = families;
  }

  /**
   * Starts this node's replica; comes back at once, and the replica serves at once.
   *
   * @param name of these values, the same at all nodes; letters, digits and hyphens
   * @param nodes the addresses of all nodes, this one included, such as {@code
   *     pekko://shop@10.0.0.7:7355}; the same at all nodes
   * @param families which keys have which type; the same at all nodes
   * @throws IllegalArgumentException if this node is none of the nodes, a setting is wrong, or the
   *     name ends as those of shards do, such as in {@code .0-of-2}
   */
  public static ReplicatedValues start(
      ActorSystem<?> system, String name, List<String> nodes, List<Family<?>> families) {
    return start(system, name, setups(system, name, nodes, families));
  }

  /**
   * The same, with a replica that keeps its values on disk: a node that starts again has what it
   * had, also if all nodes were off at once. Opens the directory on the calling thread; calls wait
   * until the values are read.
   *
   * @param directory of this node and these values alone, on a disk that survives a restart; made
   *     if it is not there. An older copy must not be put in its place
   * @throws IllegalStateException if the directory can't be used; the text says what to do
   */
  public static ReplicatedValues start(
      ActorSystem<?> system,
      String name,
      List<String> nodes,
      List<Family<?>> families,
      Path directory) {
    return start(system, name, setups(system, name, nodes, families), directory);
  }

  /**
   * Starts this node's replica, in memory; comes back at once. The replica serves once the registry
   * has given it an id; until then calls wait.
   *
   * @param name of these values, the same at all nodes; letters, digits and hyphens
   * @param registry decides which nodes have a replica: those that start one, until they are
   *     evicted
   * @param families which keys have which type; the same at all nodes
   * @throws IllegalArgumentException if a setting is wrong, or {@code synod.crdt.shards} is above 1
   */
  public static ReplicatedValues start(
      ActorSystem<?> system, String name, ReplicaRegistry registry, List<Family<?>> families) {
    return start(system, name, List.of(setup(system, name, registry, families)));
  }

  /**
   * The same, with a replica that keeps its values on disk. A node that starts again has what it
   * had, and its id; the registry is asked for one only if the directory is new. If the replica was
   * evicted meanwhile it goes on under another id, in the same directory, and makes its changes
   * anew that nobody else has.
   *
   * @param directory of this node and these values alone, on a disk that survives a restart; made
   *     if it is not there. An older copy must not be put in its place. One that was used without a
   *     registry can't be used with one, nor the other way round: then the replica stops, with the
   *     reason in the log
   * @throws IllegalStateException if the directory can't be used; the text says what to do
   */
  public static ReplicatedValues start(
      ActorSystem<?> system,
      String name,
      ReplicaRegistry registry,
      List<Family<?>> families,
      Path directory) {
    return start(system, name, List.of(setup(system, name, registry, families)), directory);
  }

  private static ReplicatedValues start(
      ActorSystem<?> system, String name, List<ReplicatorSetup> setups) {
    return start(system, name, setups, Replicator::behavior);
  }

  private static ReplicatedValues start(
      ActorSystem<?> system, String name, List<ReplicatorSetup> setups, Path directory) {
    var settings = StoreSettings.of(system);
    var stores = StoreDirectory.open(system, name, setups.size(), directory, settings);
    boolean isStarted = false;
    try {
      var values =
          start(
              system,
              name,
              setups,
              it -> Replicator.behavior(it, stores.get(it.shard().number()), settings));
      isStarted = true;
      return values;
    } finally {
      if (!isStarted) {
        stores.forEach(LogReplicaStore::close);
      }
    }
  }

  private static ReplicatedValues start(
      ActorSystem<?> system,
      String name,
      List<ReplicatorSetup> setups,
      Function<ReplicatorSetup, Behavior<ToReplicator>> replicators) {
    var shards = new ArrayList<ActorRef<ToReplicator>>();
    boolean isStarted = false;
    try {
      for (var setup : setups) {
        shards.add(spawn(system, actor(name, setup.shard()), replicators.apply(setup)));
      }
      isStarted = true;
    } finally {
      if (!isStarted) {
        stop(shards);
      }
    }
    if (shards.size() > 1) {
      shards.forEach(it -> it.tell(Replicator.meeting(shards)));
    }
    var first = setups.get(0);
    return new ReplicatedValues(
        system, shards, first.registry().isPresent(), Optional.of(first.families()));
  }

  private static ActorRef<ToReplicator> spawn(
      ActorSystem<?> system, String name, Behavior<ToReplicator> replicator) {
    return system.systemActorOf(replicator, name, Props.empty());
  }

  /**
   * Some of a node's shards are none. Waits until they have given back what they are in, as the
   * caller may begin anew.
   */
  private static void stop(List<ActorRef<ToReplicator>> shards) {
    shards.stream()
        .map(it -> Patterns.gracefulStop(Adapter.toClassic(it), STOPS_WITHIN).toCompletableFuture())
        .toList()
        .forEach(stopped -> stopped.exceptionally(late -> false).join());
  }

  private static String actor(String name, Shard shard) {
    return ACTOR + new ShardName(name, shard).text();
  }

  private static int shardsOf(ActorSystem<?> system) {
    int shards = system.settings().config().getInt("synod.crdt.shards");
    Section.require(
        shards >= 1 && shards <= Shard.COUNT_MAX,
        "synod.crdt.shards must be from 1 to %d, but is %d",
        Shard.COUNT_MAX,
        shards);
    return shards;
  }

  /** Of all shards, by their numbers. */
  private static List<ReplicatorSetup> setups(
      ActorSystem<?> system, String name, List<String> nodes, List<Family<?>> families) {
    var settings = ReplicatorSettings.of(system);
    requireFrame(system, settings);
    var random = new SecureRandom();
    return Shard.all(shardsOf(system)).stream()
        .map(
            shard ->
                new ReplicatorSetup(
                        system.address().toString(),
                        nodes,
                        families,
                        settings,
                        peers(system, name, shard),
                        // Never 0, nor the two highest ones: what is settled, a ladder's group, and
                        // what comes from elsewhere have these.
                        () -> new ReplicaId(1 + random.nextInt(Integer.MAX_VALUE - 2)))
                    .of(shard)
                    .aside(aside(system)))
        .toList();
  }

  private static ReplicatorSetup setup(
      ActorSystem<?> system, String name, ReplicaRegistry registry, List<Family<?>> families) {
    Section.require(
        shardsOf(system) == 1,
        "synod.crdt.shards is %d, but a registry of replicas does not know shards: leave it at 1",
        shardsOf(system));
    var settings = ReplicatorSettings.of(system);
    requireFrame(system, settings);
    return new ReplicatorSetup(
            system.address().toString(),
            families,
            settings,
            peers(system, name, Shard.ALL),
            registry)
        .aside(aside(system));
  }

  /** Threads of which no actor has need while they compute. */
  private static Executor aside(ActorSystem<?> system) {
    return system.dispatchers().lookup(DispatcherSelector.blocking());
  }

  private static ReplicatorPeers peers(ActorSystem<?> system, String name, Shard shard) {
    return ReplicatorPeers.remoting(system, "/system/" + actor(name, shard));
  }

  private static void requireFrame(ActorSystem<?> system, ReplicatorSettings settings) {
    int piece = settings.parcels().pieceBytes();
    FrameCheck.require(
        system.settings().config(),
        piece + (long) FrameCheck.ENVELOPE_BYTES_MAX,
        "pieces of synod.crdt.piece-bytes (%d)".formatted(piece));
  }

  /** Over a replica that somebody else has started, such as a test. */
  public static ReplicatedValues of(ActorSystem<?> system, ActorRef<ToReplicator> replicator) {
    return new ReplicatedValues(system, List.of(replicator), false, Optional.empty());
  }

  /** Those that it was started with; empty if somebody else has started the replica. */
  public Optional<List<Family<?>>> families() {
    return families;
  }

  /** How many shards the keys are divided into. */
  public int shards() {
    return shards.size();
  }

  /** Whether a registry gives the ids: the replica may go on under another one at any time. */
  public boolean isRegistered() {
    return isRegistered;
  }

  /** Of that key, to be told what {@link Replicator} lists, by actors of this node. */
  public ActorRef<ToReplicator> replicator(String key) {
    return shards.get(Shard.of(key, shards.size()));
  }

  /**
   * Changes a value.
   *
   * @param change makes the delta from the value as it is here and this replica's id, such as
   *     {@code (counter, me) -> counter.add(me, 1)}; runs in the replicator, so it must not block
   * @return the outcome; fails with a {@link java.util.concurrent.TimeoutException} if the
   *     replicator says nothing within the call's time and five seconds more: it has stopped, or
   *     has no id or no values yet. Then the change may still be made
   */
  public <T extends Lattice<T>> CompletionStage<UpdateOutcome> update(
      Family<T> family, String key, BiFunction<T, ReplicaId, T> change, Consistency consistency) {
    return Asking.ask(
        system,
        replicator(key),
        replyTo -> new Replicator.Update<>(family, key, change, consistency, replyTo),
        consistency.timeout().plus(GRACE));
  }

  /**
   * Reads a value.
   *
   * @return the outcome; fails as that of an update does
   */
  public <T extends Lattice<T>> CompletionStage<ReadOutcome<T>> get(
      Family<T> family, String key, Consistency consistency) {
    return Asking.ask(
        system,
        replicator(key),
        replyTo -> new Replicator.Get<>(family, key, consistency, replyTo),
        consistency.timeout().plus(GRACE));
  }

  /** Tells the subscriber of that key's value, now and whenever it has changed. */
  public <T extends Lattice<T>> void subscribe(
      Family<T> family, String key, ActorRef<? super Replicator.Subscribed<T>> subscriber) {
    replicator(key).tell(new Replicator.Subscribe<>(family, key, false, subscriber));
  }

  /** Tells the subscriber of the values of all keys that begin so. */
  public <T extends Lattice<T>> void subscribeAll(
      Family<T> family, String prefix, ActorRef<? super Replicator.Subscribed<T>> subscriber) {
    shards.forEach(it -> it.tell(new Replicator.Subscribe<>(family, prefix, true, subscriber)));
  }

  /**
   * This node's state: of all shards together, under the id of the first one's replica.
   *
   * @return fails with a {@link java.util.concurrent.TimeoutException} after five seconds without
   *     an answer
   */
  public CompletionStage<Replicator.Description> describe() {
    return shards.stream()
        .map(this::describe)
        .reduce((all, one) -> all.thenCombine(one, Replicator.Description::with))
        .orElseThrow();
  }

  private CompletionStage<Replicator.Description> describe(ActorRef<ToReplicator> shard) {
    return Asking.ask(system, shard, Replicator.Describe::new, GRACE);
  }
}
