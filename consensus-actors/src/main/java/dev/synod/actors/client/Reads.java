package dev.synod.actors.client;

import dev.synod.actors.client.Request.Question;
import dev.synod.actors.message.ClientMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Outcome.Rejected;
import dev.synod.core.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The reads of one client. They change nothing, so they are tried again freely, and never unknown.
 */
final class Reads {

  private ClientSettings settings;
  private final Attempts attempts;
  private final Completions completions;
  private final ArrayDeque<Question> forHere = new ArrayDeque<>();
  private final ArrayDeque<Question> forLeader = new ArrayDeque<>();
  private final ArrayDeque<Question> forAnyone = new ArrayDeque<>();

  /**
   * In the order of their arrival, which is that of their deadlines; after ask-timeout was
   * shortened, later ones wait for those before.
   */
  private final LinkedHashSet<Question> live = new LinkedHashSet<>();

  Reads(ClientSettings settings, Attempts attempts, Completions completions) {
    this.settings = settings;
    this.attempts = attempts;
    this.completions = completions;
  }

  /** Others from now on. */
  void settings(ClientSettings now) {
    settings = now;
  }

  /** Takes a read on, or rejects it as one too many. */
  void submit(Object query, Read freshness, Reply reply, long now) {
    if (live.size() >= settings.readsMax()) {
      var text = "%d reads are under way already; try again later".formatted(live.size());
      completions.add(reply, Request.rejected(Reason.BUSY, text));
      return;
    }
    long deadline = now + settings.ticks(settings.askTimeout());
    var question = new Question(query, freshness, reply, deadline);
    live.add(question);
    retry(question);
  }

  boolean isIdle() {
    return live.isEmpty();
  }

  /** Whether some should be answered by the replica of the client's own node. */
  boolean wantsHere() {
    return !forHere.isEmpty();
  }

  /** There is no such replica, or it is not well. */
  void turnToLeader() {
    forLeader.addAll(forHere);
    forHere.clear();
  }

  boolean wantsLeader() {
    return !forLeader.isEmpty();
  }

  boolean wantsAnyone() {
    return !forAnyone.isEmpty();
  }

  /**
   * The next questions for one message to the replica here, marked as sent; empty if there are no
   * more.
   */
  List<ClientMessage.Question> nextForHere(ActorRef<ReplicaMessage> target, long now) {
    return next(forHere, target, true, now);
  }

  /**
   * The next questions for one message to the leader, marked as sent; empty if there are no more.
   */
  List<ClientMessage.Question> nextForLeader(ActorRef<ReplicaMessage> target, long now) {
    return next(forLeader, target, false, now);
  }

  /**
   * The next questions for one message to any replica, marked as sent; empty if there are no more.
   */
  List<ClientMessage.Question> nextForAnyone(ActorRef<ReplicaMessage> target, long now) {
    return next(forAnyone, target, true, now);
  }

  /** A replica has answered a try of a read. */
  void answered(Question question, long tag, Outcome<Object> outcome, long now) {
    boolean current = attempts.isCurrent(question, tag);
    if (outcome instanceof Outcome.Ok) {
      settle(question, outcome);
    } else if (outcome instanceof Rejected<Object> refusal) {
      attempts.refused(question, tag, refusal);
      if (refusal.reason() == Reason.INVALID) {
        settle(question, finalRefusal(question, refusal));
      } else if (current && needsLeader(question) && isSearch(refusal.reason())) {
        retry(question);
      } else if (current) {
        attempts.rest(question, now);
      }
    } else if (current) {
      attempts.inconclusive(question);
      attempts.rest(question, now);
    }
  }

  /** It is to be sent, again if it was. What the replica here has not answered, the leader may. */
  void retry(Question question) {
    if (question.isForHere() && question.tries() == 0) {
      forHere.add(question);
    } else {
      (needsLeader(question) ? forLeader : forAnyone).add(question);
    }
  }

  private static boolean needsLeader(Question question) {
    return question.isForHere() || question.isForLeader();
  }

  /** Rejects all whose deadline has come. */
  void expire(long now) {
    while (!live.isEmpty() && live.iterator().next().deadline() <= now) {
      drop(live.iterator().next(), Reason.NO_LEADER, "had no answer in time");
    }
  }

  /** The first deadline. */
  long dueAt() {
    return live.isEmpty() ? Ticks.NEVER : live.iterator().next().deadline();
  }

  /** Nothing will be sent any more: rejects all. */
  void stop() {
    List.copyOf(live).forEach(question -> drop(question, Reason.STOPPING, "the client stops"));
  }

  private List<ClientMessage.Question> next(
      ArrayDeque<Question> ready, ActorRef<ReplicaMessage> target, boolean near, long now) {
    var batch = new ArrayList<ClientMessage.Question>();
    while (!ready.isEmpty() && batch.size() < settings.batchEntriesMax()) {
      var question = ready.remove();
      if (!question.isDone()) {
        question.askedNear(near);
        batch.add(
            new ClientMessage.Question(
                attempts.send(question, target, now), question.freshness(), question.query()));
      }
    }
    return batch;
  }

  private static boolean isSearch(Reason reason) {
    return reason == Reason.NO_LEADER || reason == Reason.NOT_HOSTED || reason == Reason.STOPPING;
  }

  /** An earlier try of a change may have done its work, and the group has moved on since. */
  private static Outcome<Object> finalRefusal(Question question, Rejected<Object> refusal) {
    return question.mayHaveChangedMembers()
        ? new Outcome.Unknown<>("an earlier try may have been taken: " + refusal.text())
        : refusal;
  }

  private void drop(Question question, Reason reason, String text) {
    var refusal = question.refusal();
    if (question.mayHaveBegun()) {
      settle(question, new Outcome.Unknown<>("the change may be under way: " + text));
    } else {
      settle(question, refusal == null ? Request.rejected(reason, text) : refusal);
    }
  }

  private void settle(Question question, Outcome<Object> outcome) {
    attempts.forget(question);
    live.remove(question);
    completions.add(question.reply(), outcome);
  }
}
