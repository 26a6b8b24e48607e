package dev.synod.crdt.actor;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Neighbours;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.store.ReplicaStore;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A replica of keyed values, as an actor, and what actors of its own node may tell it. None of that
 * leaves the node: changes are functions.
 */
public final class Replicator {

  private Replicator() {}

  /**
   * A replica that begins empty, under an id of its own. So does the one after a restart: what this
   * node's earlier replica had comes back from the others.
   */
  public static Behavior<ToReplicator> behavior(ReplicatorSetup setup) {
    if (setup.registry().isPresent()) {
      return Enrolling.behavior(setup, Keeping.NOTHING, 0, standing -> Inheritance.NONE);
    }
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new ReplicatorActor(context, timers, setup, Beginning.afresh(setup)).start()));
  }

  /**
   * A replica that keeps in a store what it has. After a restart it is the same one: it has its id,
   * all that it had told anybody of, and its own changes that others may lack. What it says, to
   * other nodes and to callers, waits until all that it depends on is on disk. If the store fails,
   * the actor stops.
   *
   * @param store of that replica alone; closed when the actor stops
   */
  public static Behavior<ToReplicator> behavior(
      ReplicatorSetup setup, ReplicaStore store, StoreSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withStash(
                settings.callsWaitingMax(),
                waiting ->
                    new RecoveringReplicator(context, waiting, setup, store, settings).start()));
  }

  /**
   * To be told to each of a node's replicators of one name once those of all shards have been
   * started; until then nothing that follows changes in another shard is shown. If one stops, so do
   * the others.
   *
   * @param shards by their numbers, the one that is told this included
   */
  public static ToReplicator meeting(List<ActorRef<ToReplicator>> shards) {
    return new Siblings.Meet(shards);
  }

  /** A call that ends with an outcome. */
  sealed interface Call extends ToReplicator {
    Consistency consistency();

    /** Ends it without any effect. */
    void refuse(String reason);
  }

  /**
   * Changes a value.
   *
   * @param change makes the delta from the value as it is here and this replica's id; runs in the
   *     replicator, so it must not block. What it throws ends the call, as refused
   */
  public record Update<T extends Lattice<T>>(
      Family<T> family,
      String key,
      BiFunction<T, ReplicaId, T> change,
      Consistency consistency,
      ActorRef<? super UpdateOutcome> replyTo)
      implements Call {

    @Override
    public void refuse(String reason) {
      replyTo.tell(new UpdateOutcome.Refused(reason));
    }
  }

  /** Reads a value. */
  public record Get<T extends Lattice<T>>(
      Family<T> family,
      String key,
      Consistency consistency,
      ActorRef<? super ReadOutcome<T>> replyTo)
      implements Call {

    @Override
    public void refuse(String reason) {
      replyTo.tell(new ReadOutcome.Refused<>(reason));
    }
  }

  /**
   * From now on tells of changes: first of the values that are there, then, at most once in each
   * interval that the settings give, of each value that has changed meanwhile, as it is by then.
   * Ends with {@link Unsubscribe} or with the subscriber. If there are too many, the subscriber is
   * told {@link Ended} at once.
   *
   * @param key a key, or the beginning of keys
   * @param isPrefix which of the two; keys of other families are left out
   */
  public record Subscribe<T extends Lattice<T>>(
      Family<T> family, String key, boolean isPrefix, ActorRef<? super Subscribed<T>> subscriber)
      implements ToReplicator {}

  /** Ends all subscriptions of that one. */
  public record Unsubscribe(ActorRef<?> subscriber) implements ToReplicator {}

  /** What a subscriber is told. */
  public sealed interface Subscribed<T> {}

  /**
   * A value, some time after it has changed.
   *
   * @param token names all that can be seen in it, and all that this replica had merged
   */
  public record Changed<T>(String key, T value, CausalToken token) implements Subscribed<T> {}

  /** There will be no news, and why. */
  public record Ended<T>(String reason) implements Subscribed<T> {}

  /**
   * Asks for the replica's state, for people and tests. What is told may have changes that are not
   * on disk yet.
   */
  public record Describe(ActorRef<? super Description> replyTo) implements ToReplicator {}

  /**
   * A replica's state.
   *
   * @param self its id
   * @param standing who has replicas, if a group decides that
   * @param others at the other nodes, by their addresses; those not met yet are missing
   * @param merged of each replica, up to which of its changes all are merged
   * @param keys how many have a value
   * @param digest equal at replicas of which all keys have equal values
   * @param isSearching whether it is looking for what another has
   * @param pending how many calls have not ended
   * @param largeBytes in messages that are on their way to others in pieces, or wait for that
   */
  public record Description(
      ReplicaId self,
      Standing standing,
      SortedMap<String, ReplicaId> others,
      VersionVector merged,
      int keys,
      long digest,
      boolean isSearching,
      int pending,
      long largeBytes) {

    static Description of(Replication replica, Neighbours others, int pending, long largeBytes) {
      return new Description(
          replica.self(),
          replica.standing(),
          others.byNode(),
          replica.merged(),
          replica.keyCount(),
          replica.digest(),
          replica.search().isPresent(),
          pending,
          largeBytes);
    }

    /** Together with that of another shard. */
    Description with(Description other) {
      return new Description(
          self,
          standing,
          others,
          merged.merge(other.merged),
          keys + other.keys,
          digest + other.digest,
          isSearching || other.isSearching,
          pending + other.pending,
          largeBytes + other.largeBytes);
    }
  }
}
