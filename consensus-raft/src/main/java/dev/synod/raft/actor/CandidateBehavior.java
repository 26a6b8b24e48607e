package dev.synod.raft.actor;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome.Reason;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** A candidate or pre-candidate as an actor: there is no leader to send clients to. */
final class CandidateBehavior extends RoleBehavior {

  private static final String TEXT = "an election is under way";

  CandidateBehavior(ActorContext<ReplicaMessage> context, RaftShell shell) {
    super(context, shell);
  }

  @Override
  Behavior<ReplicaMessage> onPropose(Propose propose) {
    shell.refusals.refuse(propose, Reason.NO_LEADER, TEXT);
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onUnconfirmed(Ask ask) {
    shell.refusals.refuse(ask, Reason.NO_LEADER, TEXT);
    return this;
  }
}
