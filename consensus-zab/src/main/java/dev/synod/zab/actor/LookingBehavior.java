package dev.synod.zab.actor;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome.Reason;
import dev.synod.zab.rules.Looking;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** A server that looks for a leader, as an actor: there is nobody to send clients to. */
final class LookingBehavior extends RoleBehavior {

  private static final String TEXT = "an election is under way";

  LookingBehavior(ActorContext<ReplicaMessage> context, ZabShell shell) {
    super(context, shell);
  }

  private Looking looking() {
    return (Looking) shell.role();
  }

  @Override
  Behavior<ReplicaMessage> onElectionDue() {
    shell.timers.notifyLater();
    return shell.perform(looking().electionDue());
  }

  @Override
  Behavior<ReplicaMessage> onFinalizeDue() {
    return shell.perform(looking().finalizeDue());
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
