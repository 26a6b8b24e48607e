package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.multi.SlotMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Where the replicas of the group are, as one of its roles knows. */
final class Replicas {

  private final ReplicaSetup setup;
  private final ActorRef<ReplicaMessage> self;
  private final Roles roles;
  private final Map<StoreId, ActorRef<ReplicaMessage>> others;

  /**
   * @param self the replica, not the role
   * @param roles its actors, which hear each other without it
   */
  Replicas(ReplicaSetup setup, ActorRef<ReplicaMessage> self, Roles roles) {
    this.setup = setup;
    this.self = self;
    this.roles = roles;
    this.others = new HashMap<>(setup.roster());
  }

  ActorRef<ReplicaMessage> self() {
    return self;
  }

  void put(ReplicaMessage.PeerAt peer) {
    others.put(peer.store(), peer.replica());
  }

  Optional<ActorRef<ReplicaMessage>> refOf(StoreId store) {
    return store.equals(setup.self().store())
        ? Optional.of(self)
        : Optional.ofNullable(others.get(store));
  }

  /** Who was not met hears it some other time: every message is said again. */
  void tell(StoreId to, SlotMessage message) {
    var told = new FromReplica(setup.founded().incarnation(), message);
    if (to.equals(setup.self().store())) {
      roles.of(message).tell(told);
    } else if (others.containsKey(to)) {
      setup.peers().tell(others.get(to), told);
    }
  }
}
