package dev.synod.paxos.actor;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.StoreId;
import dev.synod.paxos.PaxosSettings;
import dev.synod.paxos.rules.Quorums;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Registers on a node: an acceptor, and beside it a proposer for this node's callers. Its peers'
 * proposers speak to it, and it passes on to the acceptor what they say; answers go straight to
 * them. It has no log of commands, so it serves no {@link dev.synod.actors.GroupRef}.
 */
public final class RegistersReplica {

  private static final String NO_COMMANDS =
      "this group holds registers and runs no commands: use PaxosRegisters";

  private final ReplicaSetup setup;
  private final Refusals refusals;
  private final ActorRef<AcceptorMessage> acceptor;
  private final ActorRef<ProposerMessage> proposer;

  private RegistersReplica(
      ActorContext<ReplicaMessage> context,
      ReplicaSetup setup,
      PaxosSettings settings,
      Quorums quorums) {
    this.setup = setup;
    this.refusals =
        new Refusals(setup.group(), setup.peers(), setup.meters(), () -> Optional.empty());
    // The log is the acceptor's from the next line on.
    long reserved = setup.log().saved().map(RoundsFormat::decode).orElse(0L);
    this.acceptor = child(context, acceptor(settings), "acceptor");
    this.proposer = child(context, proposer(reserved, settings, quorums), "proposer");
  }

  /**
   * A replica of registers.
   *
   * @param proposer is told who does what this node's callers want
   * @param stopped is told when nobody does any more
   */
  public static Behavior<ReplicaMessage> create(
      ReplicaSetup setup,
      PaxosSettings settings,
      Quorums quorums,
      Consumer<ActorRef<ProposerMessage>> proposer,
      Runnable stopped) {
    return Behaviors.setup(
        context -> {
          var replica = new RegistersReplica(context, setup, settings, quorums);
          proposer.accept(replica.proposer);
          return replica.serving(stopped);
        });
  }

  private static <M> ActorRef<M> child(
      ActorContext<ReplicaMessage> context, Behavior<M> behavior, String name) {
    var child = context.spawn(behavior, name, DispatcherSelector.sameAsParent());
    context.watch(child);
    return child;
  }

  private Behavior<AcceptorMessage> acceptor(PaxosSettings settings) {
    return AcceptorBehavior.of(
        new AcceptorSetup(
            setup.self().store(), setup.log(), setup.peers(), List.of(), settings, setup.meters()));
  }

  private Behavior<ProposerMessage> proposer(
      long reserved, PaxosSettings settings, Quorums quorums) {
    Map<StoreId, ActorRef<AcceptorMessage>> acceptors = new TreeMap<>();
    setup.roster().forEach((store, replica) -> acceptors.put(store, replica.narrow()));
    acceptors.put(setup.self().store(), acceptor);
    return ProposerBehavior.of(
        new ProposerSetup(
            setup.self().store(),
            new RoundsWithAcceptor(reserved, acceptor),
            quorums,
            acceptors,
            setup.peers(),
            List.of(),
            settings,
            setup.random(),
            setup.nanoTime()));
  }

  private Behavior<ReplicaMessage> serving(Runnable stopped) {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(AcceptorMessage.Hear.class, this::onHear)
        .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
        .onMessage(ReplicaMessage.GetStatus.class, this::onGetStatus)
        .onMessage(Propose.class, this::onPropose)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Pull.class, this::onPull)
        .onMessage(ReplicaMessage.Stop.class, this::onStop)
        .onSignal(
            ChildFailed.class,
            failed -> {
              throw new RoleFailed(failed.getCause());
            })
        .onSignal(
            PostStop.class,
            signal -> {
              stopped.run();
              return Behaviors.same();
            })
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<ReplicaMessage> onHear(AcceptorMessage.Hear hear) {
    acceptor.tell(hear);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
    if (!peer.store().equals(setup.self().store())) {
      proposer.tell(new ProposerMessage.AcceptorAt(peer.store(), peer.replica().narrow()));
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onGetStatus(ReplicaMessage.GetStatus get) {
    acceptor.tell(new AcceptorMessage.Describe(setup.self(), get.replyTo()));
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onPropose(Propose propose) {
    refusals.refuse(propose, Reason.INVALID, NO_COMMANDS);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onAsk(Ask ask) {
    refusals.refuse(ask, Reason.INVALID, NO_COMMANDS);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onPull(Pull pull) {
    refusals.refuse(pull, NO_COMMANDS);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    stop.replyTo().tell(ReplicaMessage.Stopped.INSTANCE);
    return Behaviors.stopped();
  }
}
