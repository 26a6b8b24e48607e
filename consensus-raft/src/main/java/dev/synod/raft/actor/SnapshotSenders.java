package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.transfer.SnapshotSending.Delivery;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.raft.rules.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A leader's deliveries of snapshots (§7), one child actor each: at most one to a follower at a
 * time.
 */
final class SnapshotSenders {

  private final ActorContext<ReplicaMessage> context;
  private final ReplicaSetup setup;
  private final Map<StoreId, ActorRef<?>> senders = new HashMap<>();

  SnapshotSenders(ActorContext<ReplicaMessage> context, ReplicaSetup setup) {
    this.context = context;
    this.setup = setup;
  }

  void start(Role leader, Member to) {
    ended(to.store());
    context.getLog().info("{} sends its snapshot to {}", setup.group(), to.node());
    var delivery =
        new Delivery(
            setup.group(),
            setup.founded().incarnation(),
            setup.self().store(),
            leader.term(),
            to,
            leader.server().configuration().isWitness(to.store()));
    var sender = context.spawnAnonymous(setup.snapshots().sender(delivery, context.getSelf()));
    context.watchWith(
        sender,
        new ReplicaMessage.SnapshotNotDelivered(to.store(), "its sender stopped without a word"));
    senders.put(to.store(), sender);
  }

  /** That delivery is over, one way or the other. */
  void ended(StoreId to) {
    var sender = senders.remove(to);
    if (sender != null) {
      context.unwatch(sender);
      context.stop(sender);
    }
  }

  void stopAll() {
    List.copyOf(senders.keySet()).forEach(this::ended);
  }
}
