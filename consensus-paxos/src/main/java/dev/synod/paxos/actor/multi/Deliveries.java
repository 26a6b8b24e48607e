package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.transfer.SnapshotSending.Delivery;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Snapshots on their way to replicas that lack more than the log has: one to each at a time. */
final class Deliveries {

  private final ActorContext<ReplicaMessage> context;
  private final ReplicaSetup setup;
  private final Set<StoreId> underWay = new HashSet<>();

  Deliveries(ActorContext<ReplicaMessage> context, ReplicaSetup setup) {
    this.context = context;
    this.setup = setup;
  }

  /**
   * Sends the newest one, unless one is on its way.
   *
   * @param slot of that snapshot: of two that arrive, the later one counts
   */
  void start(Member to, long slot) {
    if (underWay.add(to.store())) {
      send(to, slot);
    }
  }

  private void send(Member to, long slot) {
    context.getLog().info("{} sends its snapshot to {}", setup.group(), to.node());
    var delivery =
        new Delivery(
            setup.group(),
            setup.founded().incarnation(),
            setup.self().store(),
            new Term(slot),
            to,
            false);
    var sender = context.spawnAnonymous(setup.snapshots().sender(delivery, context.getSelf()));
    context.watchWith(
        sender,
        new ReplicaMessage.SnapshotNotDelivered(to.store(), "its sender stopped without a word"));
  }

  void ended(StoreId to) {
    underWay.remove(to);
  }
}
