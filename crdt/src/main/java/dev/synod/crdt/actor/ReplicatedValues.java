package dev.synod.crdt.actor;

import dev.synod.actors.node.FrameCheck;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Family;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

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

  private final ActorSystem<?> system;
  private final ActorRef<ToReplicator> replicator;
  private final boolean isRegistered;

  private ReplicatedValues(
      ActorSystem<?> system, ActorRef<ToReplicator> replicator, boolean isRegistered) {
    this.system = system;
    this.replicator = replicator;
    this.isRegistered = isRegistered;
  }

  /**
   * Starts this node's replica; comes back at once, and the replica serves at once.
   *
   * @param name of these values, the same at all nodes; letters, digits and hyphens
   * @param nodes the addresses of all nodes, this one included, such as {@code
   *     pekko://shop@10.0.0.7:7355}; the same at all nodes
   * @param families which keys have which type; the same at all nodes
   * @throws IllegalArgumentException if this node is none of the nodes, or a setting is wrong
   */
  public static ReplicatedValues start(
      ActorSystem<?> system, String name, List<String> nodes, List<Family<?>> families) {
    return start(system, name, Replicator.behavior(setup(system, name, nodes, families)));
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
    var setup = setup(system, name, nodes, families);
    var settings = StoreSettings.of(system);
    var store = StoreDirectory.open(system, name, directory, settings);
    boolean isStarted = false;
    try {
      var values = start(system, name, Replicator.behavior(setup, store, settings));
      isStarted = true;
      return values;
    } finally {
      if (!isStarted) {
        store.close();
      }
    }
  }

  /**
   * Starts this node's replica, in memory; comes back at once. The replica serves once the registry
   * has given it an id; until then calls wait.
   *
   * @param name of these values, the same at all nodes; letters, digits and hyphens
   * @param registry decides which nodes have a replica: those that start one, until they are
   *     evicted
   * @param families which keys have which type; the same at all nodes
   * @throws IllegalArgumentException if a setting is wrong
   */
  public static ReplicatedValues start(
      ActorSystem<?> system, String name, ReplicaRegistry registry, List<Family<?>> families) {
    var settings = ReplicatorSettings.of(system);
    requireFrame(system, settings);
    var setup =
        new ReplicatorSetup(
            system.address().toString(),
            families,
            settings,
            ReplicatorPeers.remoting(system, "/system/" + ACTOR + name),
            registry);
    return start(system, name, Replicator.behavior(setup.aside(aside(system))), true);
  }

  private static ReplicatedValues start(
      ActorSystem<?> system, String name, Behavior<ToReplicator> replicator) {
    return start(system, name, replicator, false);
  }

  private static ReplicatedValues start(
      ActorSystem<?> system, String name, Behavior<ToReplicator> replicator, boolean registered) {
    return new ReplicatedValues(
        system, system.systemActorOf(replicator, ACTOR + name, Props.empty()), registered);
  }

  private static ReplicatorSetup setup(
      ActorSystem<?> system, String name, List<String> nodes, List<Family<?>> families) {
    var settings = ReplicatorSettings.of(system);
    requireFrame(system, settings);
    var random = new SecureRandom();
    return new ReplicatorSetup(
            system.address().toString(),
            nodes,
            families,
            settings,
            ReplicatorPeers.remoting(system, "/system/" + ACTOR + name),
            // Never the two highest ones: a ladder's group and what comes from elsewhere have
            // these.
            () -> new ReplicaId(random.nextInt(Integer.MAX_VALUE - 1)))
        .aside(aside(system));
  }

  /** Threads of which no actor has need while they compute. */
  private static Executor aside(ActorSystem<?> system) {
    return system.dispatchers().lookup(DispatcherSelector.blocking());
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
    return new ReplicatedValues(system, replicator, false);
  }

  /** Whether a registry gives the ids: the replica may go on under another one at any time. */
  public boolean isRegistered() {
    return isRegistered;
  }

  /** To be told what {@link Replicator} lists, by actors of this node. */
  public ActorRef<ToReplicator> replicator() {
    return replicator;
  }

  /**
   * Changes a value.
   *
   * @param change makes the delta from the value as it is here and this replica's id, such as
   *     {@code (counter, me) -> counter.add(me, 1)}; runs in the replicator, so it must not block
   * @return the outcome; fails only if the replicator has stopped
   */
  public <T extends Lattice<T>> CompletionStage<UpdateOutcome> update(
      Family<T> family, String key, BiFunction<T, ReplicaId, T> change, Consistency consistency) {
    return AskPattern.ask(
        replicator,
        (ActorRef<UpdateOutcome> replyTo) ->
            new Replicator.Update<>(family, key, change, consistency, replyTo),
        consistency.timeout().plus(GRACE),
        system.scheduler());
  }

  /**
   * Reads a value.
   *
   * @return the outcome; fails only if the replicator has stopped
   */
  public <T extends Lattice<T>> CompletionStage<ReadOutcome<T>> get(
      Family<T> family, String key, Consistency consistency) {
    return AskPattern.ask(
        replicator,
        (ActorRef<ReadOutcome<T>> replyTo) ->
            new Replicator.Get<>(family, key, consistency, replyTo),
        consistency.timeout().plus(GRACE),
        system.scheduler());
  }

  /** Tells the subscriber of that key's value, now and whenever it has changed. */
  public <T extends Lattice<T>> void subscribe(
      Family<T> family, String key, ActorRef<? super Replicator.Subscribed<T>> subscriber) {
    replicator.tell(new Replicator.Subscribe<>(family, key, false, subscriber));
  }

  /** Tells the subscriber of the values of all keys that begin so. */
  public <T extends Lattice<T>> void subscribeAll(
      Family<T> family, String prefix, ActorRef<? super Replicator.Subscribed<T>> subscriber) {
    replicator.tell(new Replicator.Subscribe<>(family, prefix, true, subscriber));
  }

  /** The replica's state. */
  public CompletionStage<Replicator.Description> describe() {
    return AskPattern.ask(
        replicator,
        (ActorRef<Replicator.Description> replyTo) -> new Replicator.Describe(replyTo),
        GRACE,
        system.scheduler());
  }
}
