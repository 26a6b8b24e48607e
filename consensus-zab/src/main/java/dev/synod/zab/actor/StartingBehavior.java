package dev.synod.zab.actor;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.core.Outcome.Reason;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Before the state machine is restored: hears nobody, promises nothing. Peers say it again. */
final class StartingBehavior extends AbstractBehavior<ReplicaMessage> {

  private static final String TEXT = "the replica is starting";

  private final ZabShell shell;

  StartingBehavior(ActorContext<ReplicaMessage> context, ZabShell shell) {
    super(context);
    this.shell = shell;
  }

  @Override
  public Receive<ReplicaMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(ApplierMessage.Restored.class, this::onRestored)
        .onMessage(ApplierMessage.SessionsChanged.class, this::onSessionsChanged)
        .onMessage(ApplierMessage.Broken.class, broken -> shell.failed(broken.reason(), false))
        .onMessage(
            ReplicaMessage.LogFailed.class,
            failed -> shell.failed(failed.failure().message(), false))
        .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
        .onMessage(ReplicaMessage.GetStatus.class, this::onGetStatus)
        .onMessage(Propose.class, this::onPropose)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Pull.class, this::onPull)
        .onMessage(WhoLeads.class, this::onWhoLeads)
        .onMessage(ReplicaMessage.Retune.class, this::onRetune)
        .onMessage(ReplicaMessage.Stop.class, this::onStop)
        .build();
  }

  private Behavior<ReplicaMessage> onRestored(ApplierMessage.Restored restored) {
    shell.clients.prepares(restored.prepares());
    return shell.recovered(restored);
  }

  private Behavior<ReplicaMessage> onSessionsChanged(ApplierMessage.SessionsChanged changed) {
    shell.sessions.changed(changed.opened(), changed.closed());
    return this;
  }

  private Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
    shell.roster.put(peer.store(), peer.replica());
    return this;
  }

  private Behavior<ReplicaMessage> onPropose(Propose propose) {
    shell.refusals.refuse(propose, Reason.NO_LEADER, TEXT);
    return this;
  }

  private Behavior<ReplicaMessage> onAsk(Ask ask) {
    shell.refusals.refuse(ask, Reason.NO_LEADER, TEXT);
    return this;
  }

  private Behavior<ReplicaMessage> onPull(Pull pull) {
    shell.refusals.refuse(pull, TEXT);
    return this;
  }

  private Behavior<ReplicaMessage> onWhoLeads(WhoLeads ask) {
    shell.seekers.add(ask);
    return this;
  }

  private Behavior<ReplicaMessage> onGetStatus(ReplicaMessage.GetStatus get) {
    shell.setup.peers().tell(get.replyTo(), StatusReport.starting(shell));
    return this;
  }

  private Behavior<ReplicaMessage> onRetune(ReplicaMessage.Retune retune) {
    shell.retune(retune);
    shell.queues.retuned();
    return this;
  }

  private Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    stop.replyTo().tell(ReplicaMessage.Stopped.INSTANCE);
    return Behaviors.stopped();
  }
}
