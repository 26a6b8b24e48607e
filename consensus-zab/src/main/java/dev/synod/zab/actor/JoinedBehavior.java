package dev.synod.zab.actor;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome.Reason;
import dev.synod.zab.rules.Joined;
import dev.synod.zab.rules.Phase;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A server that follows or observes, as an actor: whoever wants something changed is sent to the
 * leader. Reads it answers itself, once it serves and the leader has told what it must have applied
 * for that: one question for all reads that wait, and the next when that is answered.
 */
final class JoinedBehavior extends RoleBehavior {

  JoinedBehavior(ActorContext<ReplicaMessage> context, ZabShell shell) {
    super(context, shell);
  }

  private Joined joined() {
    return (Joined) shell.role();
  }

  /** What waits for the disk is said when it is durable: said again, it would only wait as well. */
  @Override
  Behavior<ReplicaMessage> onJoinDue() {
    return shell.isWaitingForDisk() ? this : shell.perform(joined().joinDue());
  }

  @Override
  Behavior<ReplicaMessage> onLeaderSilent() {
    return shell.perform(joined().leaderSilent());
  }

  @Override
  Behavior<ReplicaMessage> onPropose(Propose propose) {
    shell.refusals.refuse(propose, Reason.NO_LEADER, "a follower takes no proposals");
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onUnconfirmed(Ask ask) {
    if (ask.questions().stream().anyMatch(one -> one.query() instanceof AdminRequest)) {
      shell.refusals.refuse(ask, Reason.NO_LEADER, "administrators ask the leader");
    } else if (joined().phase() != Phase.BROADCAST) {
      shell.refusals.refuse(ask, Reason.NO_LEADER, "this follower is not up to date yet");
    } else if (!shell.clients.hasRoomFor(ask)) {
      shell.refusals.refuse(ask, Reason.BUSY, "too many reads are under way; try again later");
    } else {
      if (shell.clients.isEmpty()) {
        getContext().getSelf().tell(Timeout.FLUSH);
      }
      ask.questions().forEach(question -> shell.clients.add(ask.client(), question));
      shell.queues.look();
    }
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onFlush() {
    if (shell.clients.isConfirming() || !shell.clients.hasReads()) {
      return this;
    }
    return askLeader(shell.clients.numberReads(shell.setup.nanoTime().getAsLong()));
  }

  /** The question or its answer may be lost, or the leader may be another one now. */
  @Override
  Behavior<ReplicaMessage> onSyncDue() {
    var number = shell.clients.oldestConfirming();
    return number.isPresent() ? askLeader(number.getAsLong()) : this;
  }

  private Behavior<ReplicaMessage> askLeader(long number) {
    shell.timers.restartSync();
    return shell.perform(joined().read(number));
  }
}
