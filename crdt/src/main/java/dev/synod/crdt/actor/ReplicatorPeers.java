package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.PeerMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
   * @param nodes addresses of actor systems
   * @param path of the replicator's actor, the same at all of them
   */
  static ReplicatorPeers remoting(ActorSystem<?> system, List<String> nodes, String path) {
    var resolver = ActorRefResolver.get(system);
    Map<String, ActorRef<PeerMessage>> replicators = new TreeMap<>();
    nodes.forEach(node -> replicators.put(node, resolver.resolveActorRef(node + path)));
    return (node, message) -> {
      var replicator = replicators.get(node);
      if (replicator == null) {
        throw new IllegalArgumentException("none of the nodes is " + node);
      }
      replicator.tell(message);
    };
  }
}
