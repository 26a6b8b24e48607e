package dev.synod.actors.node;

import com.typesafe.config.Config;
import dev.synod.actors.Members;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.replica.BackUp;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** What its own node wants of the node actor. Never crosses to another node. */
sealed interface NodeTask extends NodeMessage {

  /**
   * Host a replica, and tell that client where it is.
   *
   * @param replica the behaviour to spawn, given the node actor
   */
  record Host(
      GroupId group,
      Member self,
      Members named,
      Function<ActorRef<NodeMessage>, Behavior<ReplicaMessage>> replica,
      ReplicaMeters meters,
      ActorRef<GroupClientMessage> client)
      implements NodeTask {}

  /** The replica knows how its group was founded, and that is durable. */
  record FoundedHere(GroupId group, Founded founded) implements NodeTask {}

  /**
   * The replica's log says anew who belongs to its group.
   *
   * @param governing the newest last, before it those that have a say still
   */
  record Reconfigured(GroupId group, List<Configuration> governing) implements NodeTask {}

  /** How are the replicas here: that of one group, or all of them? */
  record Inspect(Optional<GroupId> group, CompletableFuture<List<ReplicaStatus>> reply)
      implements NodeTask {}

  /** Back up the group, with all that was committed up to that index. */
  record BackUpGroup(BackUp wanted, long index, Duration patience) implements NodeTask {}

  /** Replicas here go by that configuration from now on, as far as their protocols can. */
  record Retune(Config system) implements NodeTask {}

  /** Stop all replicas, handing over what they lead. */
  record StopAll(CompletableFuture<Boolean> reply) implements NodeTask {}

  /** The replica of that group has handed over. */
  record HandedOver(GroupId group) implements NodeTask {

    /** Tells that to a node once the replica has stopped. */
    static Behavior<ReplicaMessage.Stopped> telling(ActorRef<NodeMessage> node, GroupId group) {
      return Behaviors.receiveMessage(
          stopped -> {
            node.tell(new HandedOver(group));
            return Behaviors.stopped();
          });
    }
  }

  /** Some members have not been heard: greet them again. */
  enum GreetAgain implements NodeTask {
    INSTANCE
  }

  /** Replicas had their time to hand over. */
  enum StopNow implements NodeTask {
    INSTANCE
  }
}
