package dev.synod.actors;

import dev.synod.actors.message.NodeMessage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The way from this node to others, one object per node. Everything that may leave a node goes
 * through here, so that a simulation can put its own network in between (messages then cross as
 * bytes, by the same serializers). Delivery is at most once, and in order per pair of actors, as
 * with any actor, as long as the way to that node stays the same; no more than speed may depend on
 * the order.
 */
public interface Peers {

  /**
   * The node actor at that address (of an actor system, such as {@code
   * pekko://shop@10.0.0.7:7355}).
   */
  ActorRef<NodeMessage> node(String address);

  /** Sends; never blocks, never fails. */
  <M> void tell(ActorRef<? super M> to, M message);
}
