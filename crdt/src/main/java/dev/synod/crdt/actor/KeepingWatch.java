package dev.synod.crdt.actor;

import dev.synod.crdt.actor.Replicator.Call;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.ToReplicator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Stands before a replicator that keeps its values: hears the store, stops the replicator if that
 * fails, and keeps from it what is too much for the disk. Others send again what is left out.
 */
final class KeepingWatch extends BehaviorInterceptor<ToReplicator, ToReplicator> {

  private final DurableKeeping keeping;

  KeepingWatch(DurableKeeping keeping) {
    super(ToReplicator.class);
    this.keeping = keeping;
  }

  @Override
  public Behavior<ToReplicator> aroundReceive(
      TypedActorContext<ToReplicator> context,
      ToReplicator message,
      ReceiveTarget<ToReplicator> replicator) {
    if (message instanceof StoreTold.Failed failed) {
      context.asJava().getLog().error("The replicator stops: {}", failed.why());
      return Behaviors.stopped();
    } else if (message instanceof StoreTold told) {
      keeping.heard(told);
      return Behaviors.same();
    } else if (!keeping.isBusy() || !isMore(message)) {
      return replicator.apply(context, message);
    } else if (message instanceof Call call) {
      call.refuse("busy: too much waits for the disk");
    }
    return Behaviors.same();
  }

  /** Whether it is the beginning of something new. */
  private static boolean isMore(ToReplicator message) {
    return message instanceof Call
        || message instanceof PeerMessage
        || message instanceof Siblings.Await
        || message == ReplicatorTimer.RESEND
        || message == ReplicatorTimer.INHERIT // goes on after the next search
        || message == ReplicatorTimer.ANTI_ENTROPY;
  }

  @Override
  public Behavior<ToReplicator> aroundSignal(
      TypedActorContext<ToReplicator> context,
      Signal signal,
      SignalTarget<ToReplicator> replicator) {
    var next = replicator.apply(context, signal);
    if (signal instanceof PostStop) {
      keeping.close();
    }
    return next;
  }
}
