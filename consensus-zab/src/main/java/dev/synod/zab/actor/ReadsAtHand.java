package dev.synod.zab.actor;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.AdminRequest.GetConfiguration;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.core.Outcome.Reason;
import dev.synod.zab.rules.Joined;
import dev.synod.zab.rules.Leading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads that a replica can answer from what it knows, whatever its role. */
final class ReadsAtHand {

  private ReadsAtHand() {}

  /** Has those answered which can be; gives what is left, which needs the leader. */
  static Ask answered(ZabShell shell, Ask ask) {
    List<Question> left = new ArrayList<>(0);
    for (Question question : ask.questions()) {
      var index = indexFor(shell, question);
      if (index.isPresent()) {
        shell.applier.tell(new ApplierMessage.Answer(ask.client(), question, index.getAsLong()));
      } else {
        left.add(question);
      }
    }
    return left.size() == ask.questions().size() ? ask : new Ask(ask.group(), ask.client(), left);
  }

  /** Has those answered for which the leader has named what they must see. */
  static void confirmed(ZabShell shell, List<ClientQueue.Asked> reads, long index) {
    if (isFarBehind(shell, index)) {
      var waiters = reads.stream().map(ClientQueue::waiter).toList();
      var text = "this replica is far behind: ask the leader";
      shell.refusals.refuse(waiters, Reason.NO_LEADER, text);
      return;
    }
    for (var asked : reads) {
      if (asked.question().query() instanceof GetConfiguration
          && shell.role() instanceof Leading leading) {
        shell.administration.tellConfiguration(
            new Asked(leading), asked.client(), asked.question());
      } else {
        shell.applier.tell(new ApplierMessage.Answer(asked.client(), asked.question(), index));
      }
    }
  }

  /** Who joined a leader and has much to apply first would answer later than the leader does. */
  private static boolean isFarBehind(ZabShell shell, long index) {
    return shell.role() instanceof Joined
        && index - shell.feed.applied() > shell.settings().entriesAheadMax();
  }

  private static OptionalLong indexFor(ZabShell shell, Question question) {
    return question.query() instanceof AdminRequest
        ? OptionalLong.empty()
        : shell.freshness.indexFor(question.freshness(), shell.setup.nanoTime().getAsLong());
  }
}
