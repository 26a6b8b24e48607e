package dev.synod.raft.actor;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome.Reason;
import dev.synod.raft.rules.Follower;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A follower as an actor: whoever wants something changed is sent to the leader, if it knows one.
 * Reads it answers itself, once the leader has told what it must have applied for that: one
 * question for all reads that wait, and the next when that is answered.
 */
final class FollowerBehavior extends RoleBehavior {

  FollowerBehavior(ActorContext<ReplicaMessage> context, RaftShell shell) {
    super(context, shell);
  }

  private Follower follower() {
    return (Follower) shell.role();
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
    } else if (!hearsLeader()) {
      shell.refusals.refuse(ask, Reason.NO_LEADER, "this follower hears no leader");
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

  private boolean hearsLeader() {
    return follower().leader().isPresent() && follower().hearsLeader();
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
  Behavior<ReplicaMessage> onReadIndexDue() {
    if (!hearsLeader()) {
      shell.refusals.refuse(shell.clients.takeReads(), Reason.NO_LEADER, "the leader is silent");
      return this;
    }
    var number = shell.clients.oldestConfirming();
    return number.isPresent() ? askLeader(number.getAsLong()) : this;
  }

  private Behavior<ReplicaMessage> askLeader(long number) {
    shell.timers.restartReadIndex();
    return shell.perform(follower().read(number));
  }
}
