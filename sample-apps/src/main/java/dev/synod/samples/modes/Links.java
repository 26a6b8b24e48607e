package dev.synod.samples.modes;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.crdt.actor.ReplicatorPeers;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A switch in each link between nodes, in either direction: open, cut, or held, which means that
 * messages wait. All that leaves a node for another passes here before it goes to the remoting, of
 * consensus groups and of replicated data. Nodes go by their addresses. Safe for use by many
 * threads.
 */
final class Links {

  /** What waits in one direction; more is lost, as on a full wire. */
  private static final int HELD_MAX = 1_000;

  /** One direction between two nodes. */
  private record Link(String from, String to) {}

  private final Set<Link> cut = new HashSet<>();
  private final Map<Link, Queue<Runnable>> held = new HashMap<>();
  private final Runnable whenHealed;

  /**
   * Open ones.
   *
   * @param whenHealed run after all links were opened again
   */
  Links(Runnable whenHealed) {
    this.whenHealed = whenHealed;
  }

  /** From now on nothing arrives in that direction. */
  synchronized void cut(String from, String to) {
    cut.add(new Link(from, to));
  }

  /** From now on what is sent in that direction waits. */
  synchronized void hold(String from, String to) {
    held.putIfAbsent(new Link(from, to), new ArrayDeque<>());
  }

  /** How many messages wait in that direction. */
  synchronized int waiting(String from, String to) {
    var queue = held.get(new Link(from, to));
    return queue == null ? 0 : queue.size();
  }

  /** From now on all arrives, first what waited: who sends meanwhile waits for that. */
  void heal() {
    synchronized (this) {
      cut.clear();
      held.values().forEach(late -> late.forEach(Runnable::run));
      held.clear();
    }
    whenHealed.run();
  }

  private void pass(Link link, Runnable message) {
    synchronized (this) {
      if (cut.contains(link)) {
        return;
      }
      var queue = held.get(link);
      if (queue != null) {
        if (queue.size() < HELD_MAX) {
          queue.add(message);
        }
        return;
      }
    }
    message.run();
  }

  /** That node's way to the replicators of others, with the switches in it. */
  ReplicatorPeers between(String node, ReplicatorPeers way) {
    return (to, message) -> pass(new Link(node, to), () -> way.tell(to, message));
  }

  /** That node's way to others, with the switches in it. */
  Peers between(String node, Peers way) {
    return new Peers() {
      @Override
      public ActorRef<NodeMessage> node(String address) {
        return way.node(address);
      }

      @Override
      public <M> void tell(ActorRef<? super M> to, M message) {
        var address = to.path().address();
        if (address.hasGlobalScope()) {
          pass(new Link(node, address.toString()), () -> way.tell(to, message));
        } else {
          way.tell(to, message);
        }
      }
    };
  }
}
