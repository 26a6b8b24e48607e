package dev.synod.zab.actor;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.core.Outcome.Reason;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * After the log failed, or the state machine: takes no part in the protocol, so it can't break a
 * promise, until the process is started again. While only the log failed, what is applied may still
 * be read by those who ask for no more.
 */
final class FailedBehavior extends AbstractBehavior<ReplicaMessage> {

  private final ZabShell shell;
  private final String trouble;
  private final boolean readable;

  FailedBehavior(
      ActorContext<ReplicaMessage> context, ZabShell shell, String trouble, boolean readable) {
    super(context);
    this.shell = shell;
    this.trouble = trouble;
    this.readable = readable;
    shell.applier.tell(new ApplierMessage.CloseWatches(trouble));
  }

  @Override
  public Receive<ReplicaMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Propose.class, this::onPropose)
        .onMessage(ApplierMessage.Prepared.class, this::onPrepared)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Pull.class, this::onPull)
        .onMessage(ReplicaMessage.GetStatus.class, this::onGetStatus)
        .onMessage(ReplicaMessage.Stop.class, this::onStop)
        .onAnyMessage(message -> this)
        .build();
  }

  private Behavior<ReplicaMessage> onPropose(Propose propose) {
    shell.refusals.refuse(propose, Reason.STORAGE, trouble);
    return this;
  }

  private Behavior<ReplicaMessage> onPrepared(ApplierMessage.Prepared prepared) {
    shell.refusals.refuse(
        prepared.all().stream().map(ClientQueue.Proposed::notAppended).toList(),
        Reason.STORAGE,
        trouble);
    return this;
  }

  private Behavior<ReplicaMessage> onAsk(Ask ask) {
    var refused = readable ? ReadsAtHand.answered(shell, ask) : ask;
    if (!refused.questions().isEmpty()) {
      shell.refusals.refuse(refused, Reason.STORAGE, trouble);
    }
    return this;
  }

  private Behavior<ReplicaMessage> onPull(Pull pull) {
    shell.refusals.refuse(pull, trouble);
    return this;
  }

  private Behavior<ReplicaMessage> onGetStatus(ReplicaMessage.GetStatus get) {
    shell.setup.peers().tell(get.replyTo(), StatusReport.failed(shell, trouble));
    return this;
  }

  private Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    stop.replyTo().tell(ReplicaMessage.Stopped.INSTANCE);
    return Behaviors.stopped();
  }
}
