package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.Refusals;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import java.util.ArrayList;
import org.apache.pekko.actor.typed.ActorRef;

/** Questions that any replica answers, whoever proposes. */
record ReadsAnywhere(Refusals refusals, ActorRef<ReplicaMessage> learner) {

  /** Has those answered; gives what is left, which only the distinguished proposer may answer. */
  Ask answered(Ask ask) {
    var left = new ArrayList<Question>(0);
    for (Question question : ask.questions()) {
      if (question.query() instanceof AdminRequest) {
        refusals.answer(
            ask.client(),
            question.tag(),
            new Outcome.Rejected<>(
                Reason.INVALID, "a group of Multi-Paxos keeps the members that it was founded by"));
      } else if (question.freshness() instanceof Read.Stale) {
        read(ask, question, 0);
      } else if (question.freshness() instanceof Read.AtLeast atLeast) {
        read(ask, question, atLeast.index());
      } else {
        left.add(question);
      }
    }
    return new Ask(ask.group(), ask.client(), left);
  }

  private void read(Ask ask, Question question, long slot) {
    learner.tell(new Inside.Read(new ApplierMessage.Answer(ask.client(), question, slot)));
  }
}
