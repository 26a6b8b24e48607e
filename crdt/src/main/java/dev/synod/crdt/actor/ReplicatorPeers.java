package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.PeerMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/** The way to the replicators of other nodes; a simulation puts its network here. */
@FunctionalInterface
public interface ReplicatorPeers {

  /** Sends to that node's replicator, at most once; never blocks, never fails. */
  void tell(String node, PeerMessage message);

  /**
   * By Pekko's remoting.
   *
   * @param path of the replicator's actor, the same at all nodes
   */
  static ReplicatorPeers remoting(ActorSystem<?> system, String path) {
    var resolver = ActorRefResolver.get(system);
    Map<String, ActorRef<PeerMessage>> replicators = new ConcurrentHashMap<>();
    return (node, message) ->
        replicators.computeIfAbsent(node, it -> resolver.resolveActorRef(it + path)).tell(message);
  }
}
