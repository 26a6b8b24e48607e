package dev.synod.testkit.lab;

import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Member;
import dev.synod.raft.actor.FromPeer;
import dev.synod.raft.protocol.RaftMessage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Raft as it is, but its replicas hear something else than they are told. */
public record Misheard(Protocol protocol, Ear ear) implements Protocol {

  /** What that replica hears instead of the message. */
  @FunctionalInterface
  public interface Ear {
    RaftMessage hear(Member self, RaftMessage message);
  }

  @Override
  public String name() {
    return protocol.name();
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return Behaviors.intercept(() -> new Hearing(setup.self()), protocol.replica(setup));
  }

  private final class Hearing extends BehaviorInterceptor<ReplicaMessage, ReplicaMessage> {

    private final Member self;

    Hearing(Member self) {
      super(ReplicaMessage.class);
      this.self = self;
    }

    @Override
    public Behavior<ReplicaMessage> aroundReceive(
        TypedActorContext<ReplicaMessage> context,
        ReplicaMessage message,
        ReceiveTarget<ReplicaMessage> target) {
      return target.apply(
          context,
          message instanceof FromPeer peer
              ? new FromPeer(peer.incarnation(), ear.hear(self, peer.message()))
              : message);
    }
  }
}
