package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Where the replicas of the group are, as far as the node has met them. */
final class Roster {

  private final ReplicaSetup setup;
  private final ActorRef<ReplicaMessage> self;
  private final Map<StoreId, ActorRef<ReplicaMessage>> replicas;

  Roster(ReplicaSetup setup, ActorRef<ReplicaMessage> self) {
    this.setup = setup;
    this.self = self;
    this.replicas = new HashMap<>(setup.roster());
  }

  /** Another one was met, or has restarted. */
  void put(StoreId store, ActorRef<ReplicaMessage> replica) {
    replicas.put(store, replica);
  }

  Optional<ActorRef<ReplicaMessage>> refOf(StoreId store) {
    return store.equals(setup.self().store())
        ? Optional.of(self)
        : Optional.ofNullable(replicas.get(store));
  }

  /** Who was not met hears it some other time: every message is said again. */
  void tell(StoreId to, RaftMessage message) {
    var peer = replicas.get(to);
    if (peer != null) {
      setup.peers().tell(peer, new FromPeer(setup.founded().incarnation(), message));
    }
  }
}
