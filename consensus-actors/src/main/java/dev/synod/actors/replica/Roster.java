package dev.synod.actors.replica;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.StoreId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Where the replicas of the group are, as far as the node has met them. */
public final class Roster {

  private final ReplicaSetup setup;
  private final ActorRef<ReplicaMessage> self;
  private final Map<StoreId, ActorRef<ReplicaMessage>> replicas;

  /** As far as the node knew when the replica was made. */
  public Roster(ReplicaSetup setup, ActorRef<ReplicaMessage> self) {
    this.setup = setup;
    this.self = self;
    this.replicas = new HashMap<>(setup.roster());
  }

  /** Another one was met, or has restarted. */
  public void put(StoreId store, ActorRef<ReplicaMessage> replica) {
    replicas.put(store, replica);
  }

  /** The replica of that store, if it was met. */
  public Optional<ActorRef<ReplicaMessage>> refOf(StoreId store) {
    return store.equals(setup.self().store())
        ? Optional.of(self)
        : Optional.ofNullable(replicas.get(store));
  }

  /** Who was not met hears it some other time: every message is said again. */
  public void tell(StoreId to, ReplicaMessage message) {
    var peer = replicas.get(to);
    if (peer != null) {
      setup.peers().tell(peer, message);
    }
  }
}
