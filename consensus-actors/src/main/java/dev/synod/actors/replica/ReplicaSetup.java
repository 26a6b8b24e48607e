package dev.synod.actors.replica;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.transfer.SnapshotSending;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What a protocol gets to make a replica of: ports and facts, all replaceable in a test.
 *
 * @param founded how the group began; durable already
 * @param roster where the peers' replicas are, as far as known; updates come as {@link
 *     ReplicaMessage.PeerAt}
 * @param applier makes the actor that owns the state machine, given the replica it reports to
 * @param random for what only liveness needs (election jitter)
 * @param nanoTime monotonic, in nanoseconds
 * @param meters where the replica's measurements go
 * @param reconfigured is told by which configurations the group lives, whenever the replica's log
 *     says so anew: the newest last, before it those that have a say still
 * @param snapshots how this replica's snapshot gets to a follower that lacks compacted entries
 */
public record ReplicaSetup(
    GroupId group,
    Member self,
    Founded founded,
    GroupLog log,
    Peers peers,
    Map<StoreId, ActorRef<ReplicaMessage>> roster,
    Function<ActorRef<ReplicaMessage>, Behavior<ApplierMessage>> applier,
    RandomGenerator random,
    LongSupplier nanoTime,
    ReplicaMeters meters,
    SnapshotSending snapshots,
    Consumer<List<Configuration>> reconfigured) {

  /** Measures nothing. */
  public ReplicaSetup(
      GroupId group,
      Member self,
      Founded founded,
      GroupLog log,
      Peers peers,
      Map<StoreId, ActorRef<ReplicaMessage>> roster,
      Function<ActorRef<ReplicaMessage>, Behavior<ApplierMessage>> applier,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this(group, self, founded, log, peers, roster, applier, random, nanoTime, ReplicaMeters.NONE);
  }

  /** Sends no snapshots. */
  public ReplicaSetup(
      GroupId group,
      Member self,
      Founded founded,
      GroupLog log,
      Peers peers,
      Map<StoreId, ActorRef<ReplicaMessage>> roster,
      Function<ActorRef<ReplicaMessage>, Behavior<ApplierMessage>> applier,
      RandomGenerator random,
      LongSupplier nanoTime,
      ReplicaMeters meters) {
    this(
        group,
        self,
        founded,
        log,
        peers,
        roster,
        applier,
        random,
        nanoTime,
        meters,
        SnapshotSending.NONE,
        configurations -> {});
  }

  /** The group lives by that configuration, and by no other. */
  public void goesBy(Configuration configuration) {
    reconfigured.accept(List.of(configuration));
  }
}
