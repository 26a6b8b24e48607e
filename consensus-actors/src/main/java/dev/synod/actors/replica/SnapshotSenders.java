package dev.synod.actors.replica;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.transfer.SnapshotSending.Delivery;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A leader's deliveries of snapshots (§7), one child actor each: at most one to a follower at a
 * time.
 */
public final class SnapshotSenders {

  private final ActorContext<ReplicaMessage> context;
  private final ReplicaSetup setup;
  private final Map<StoreId, ActorRef<?>> senders = new HashMap<>();

  /** No snapshot is under way. */
  public SnapshotSenders(ActorContext<ReplicaMessage> context, ReplicaSetup setup) {
    this.context = context;
    this.setup = setup;
  }

  /**
   * Sends the newest one, to a witness without the state; one that was under way there is given up.
   *
   * @param term of the leadership in which it is sent
   * @param members of the group; who is not one of them gets nothing
   */
  public void start(Term term, Configuration members, StoreId store) {
    members.member(store).ifPresent(to -> start(term, to, members.isWitness(to.store())));
  }

  private void start(Term term, Member to, boolean stateless) {
    ended(to.store());
    context.getLog().info("{} sends its snapshot to {}", setup.group(), to.node());
    var delivery =
        new Delivery(
            setup.group(),
            setup.founded().incarnation(),
            setup.self().store(),
            term,
            to,
            stateless);
    var sender = context.spawnAnonymous(setup.snapshots().sender(delivery, context.getSelf()));
    context.watchWith(
        sender,
        new ReplicaMessage.SnapshotNotDelivered(to.store(), "its sender stopped without a word"));
    senders.put(to.store(), sender);
  }

  /** That delivery is over, one way or the other. */
  public void ended(StoreId to) {
    var sender = senders.remove(to);
    if (sender != null) {
      context.unwatch(sender);
      context.stop(sender);
    }
  }

  /** Nothing is sent any more. */
  public void stopAll() {
    List.copyOf(senders.keySet()).forEach(this::ended);
  }
}
