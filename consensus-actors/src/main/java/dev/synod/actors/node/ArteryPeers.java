package dev.synod.actors.node;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/** Other nodes by way of Pekko's remoting. */
public final class ArteryPeers implements Peers {

  /** Where every node's actor is, below the address of its actor system. */
  public static final String PATH = "/system/" + ConsensusNode.ACTOR_NAME;

  private final ActorRefResolver resolver;

  public ArteryPeers(ActorSystem<?> system) {
    this.resolver = ActorRefResolver.get(system);
  }

  @Override
  public ActorRef<NodeMessage> node(String address) {
    return resolver.resolveActorRef(address + PATH);
  }

  @Override
  public <M> void tell(ActorRef<? super M> to, M message) {
    to.tell(message);
  }
}
