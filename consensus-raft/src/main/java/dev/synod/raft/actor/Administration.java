package dev.synod.raft.actor;

import dev.synod.actors.message.AdminRequest.ChangeMembers;
import dev.synod.actors.message.AdminRequest.CurrentConfiguration;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.replica.Refusals;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.raft.rules.ChangeRequest;
import dev.synod.raft.rules.Leader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The administrators that wait for a change of membership which this leader has begun, or goes on
 * with. There is one change at a time, so few of them.
 */
final class Administration {

  /** As many different requests are remembered; more than one is under way only by mistake. */
  private static final int WAITING_MAX = 16;

  private record Waiting(ActorRef<Answers> client, long tag) {}

  private final Refusals refusals;
  private final Map<UUID, Waiting> waiting = new LinkedHashMap<>();

  Administration(Refusals refusals) {
    this.refusals = refusals;
  }

  static ChangeRequest requestOf(ChangeMembers change) {
    return new ChangeRequest(change.id(), change.expected(), change.changes(), change.newcomers());
  }

  /** That one is to be answered when its change is done; who asks again takes the place. */
  void await(UUID change, ActorRef<Answers> client, Question question) {
    if (waiting.size() >= WAITING_MAX && !waiting.containsKey(change)) {
      refuse(client, question, Reason.BUSY, "too many changes are asked for at once");
      return;
    }
    waiting.put(change, new Waiting(client, question.tag()));
  }

  void refuse(ActorRef<Answers> client, Question question, Reason reason, String text) {
    refusals.answer(client, question.tag(), new Outcome.Rejected<>(reason, text));
  }

  /** Answers those whose change is done. */
  void look(Leader leader) {
    if (waiting.isEmpty()) {
      return;
    }
    var memberships = leader.server().memberships();
    var latest = memberships.latest();
    if (latest.isChanging() || !memberships.isCommitted(leader.commitIndex())) {
      return;
    }
    var done = latest.change().map(waiting::remove);
    done.ifPresent(one -> refusals.answer(one.client(), one.tag(), currentOf(leader)));
  }

  static Outcome<Object> currentOf(Leader leader) {
    return new Outcome.Ok<>(
        new CurrentConfiguration(leader.server().configuration()), leader.commitIndex());
  }

  /** No longer leader: another one goes on with what has begun. */
  void abandon() {
    var unknown = new Outcome.Unknown<Object>("the leader stepped down during the change");
    waiting.values().forEach(one -> refusals.answer(one.client(), one.tag(), unknown));
    waiting.clear();
  }
}
