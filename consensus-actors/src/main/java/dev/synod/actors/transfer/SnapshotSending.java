package dev.synod.actors.transfer;

import dev.synod.actors.Peers;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.snapshot.Snapshots;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * How a replica sends its newest snapshot to another: makes the actor that does it, to be spawned
 * as the replica's child.
 */
@FunctionalInterface
public interface SnapshotSending {

  /** Sends nothing and says so. */
  SnapshotSending NONE =
      (delivery, replica) ->
          Behaviors.setup(
              context -> {
                replica.tell(
                    new ReplicaMessage.SnapshotNotDelivered(
                        delivery.to().store(), "this node sends no snapshots"));
                return Behaviors.stopped();
              });

  /**
   * The actor of one delivery. It tells the replica {@code SnapshotDelivered} or {@code
   * SnapshotNotDelivered} and stops.
   */
  Behavior<SnapshotMessage.Reply> sender(Delivery delivery, ActorRef<ReplicaMessage> replica);

  /**
   * Who sends to whom, as what.
   *
   * @param stateless whether to a witness: only the position, and who belonged to the group there
   */
  record Delivery(
      GroupId group, long incarnation, StoreId from, Term term, Member to, boolean stateless) {}

  /**
   * What senders are made of.
   *
   * @param snapshots of the group
   * @param blocking where files are read
   * @param stateless the body of a snapshot without state
   */
  record Ports(
      Peers peers,
      Snapshots snapshots,
      Executor blocking,
      TransferSettings settings,
      BiFunction<LogPosition, Configuration, Bytes> stateless)
      implements SnapshotSending {

    @Override
    public Behavior<SnapshotMessage.Reply> sender(
        Delivery delivery, ActorRef<ReplicaMessage> replica) {
      return SnapshotSender.create(this, delivery, replica);
    }
  }
}
