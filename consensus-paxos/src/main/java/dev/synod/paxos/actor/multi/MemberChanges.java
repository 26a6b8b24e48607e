package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.AdminRequest.ChangeMembers;
import dev.synod.actors.message.AdminRequest.CurrentConfiguration;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.replica.ChangeWaiters;
import dev.synod.actors.replica.Refusals;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.Objection;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.paxos.rules.multi.Leading;
import dev.synod.paxos.rules.multi.SlotProposer;
import dev.synod.paxos.rules.multi.SlotStep;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Changes of members that administrators ask of a distinguished proposer. */
final class MemberChanges {

  private final Refusals refusals;
  private final ChangeWaiters waiting;

  MemberChanges(Refusals refusals) {
    this.refusals = refusals;
    this.waiting = new ChangeWaiters(refusals);
  }

  /** Answers at once, or says what the proposer is to do for it. */
  Optional<SlotStep<SlotProposer>> ask(
      Leading leading, ActorRef<Answers> client, Question question, ChangeMembers change) {
    var request =
        new ChangeRequest(change.id(), change.expected(), change.changes(), change.newcomers());
    if (request.hasLedTo(leading.state().configuration())) {
      waiting.add(change.id(), client, question.tag());
      look(leading);
      return Optional.empty();
    }
    var objection = leading.objectionTo(request).or(() -> noQuorums(leading, request));
    if (objection.isPresent()) {
      var reason = objection.get().passes() ? Reason.BUSY : Reason.INVALID;
      refusals.answer(
          client, question.tag(), new Outcome.Rejected<>(reason, objection.get().text()));
      return Optional.empty();
    }
    waiting.add(change.id(), client, question.tag());
    return Optional.of(leading.change(request));
  }

  /** The goal may be one that the group's kind of quorums does not fit, or name witnesses. */
  private static Optional<Objection> noQuorums(Leading leading, ChangeRequest request) {
    var goal = leading.goalOf(request);
    if (!goal.membership().witnesses().isEmpty()) {
      return Optional.of(new Objection(false, "Multi-Paxos has no witnesses"));
    }
    return leading.state().regimes().objectionTo(goal).map(text -> new Objection(false, text));
  }

  /** Answers those whose change is done, or gave way. */
  void look(Leading leading) {
    if (!waiting.isEmpty()) {
      waiting.look(
          leading.state().configuration(), leading.isChangeDone(), () -> currentOf(leading));
    }
  }

  /** It leads no more. */
  void abandon() {
    waiting.abandon();
  }

  private static Outcome<Object> currentOf(Leading leading) {
    return current(leading.state().configuration(), leading.state().chosen());
  }

  /** The answer about members. */
  static Outcome<Object> current(Configuration configuration, long slot) {
    return new Outcome.Ok<>(new CurrentConfiguration(configuration), slot);
  }
}
