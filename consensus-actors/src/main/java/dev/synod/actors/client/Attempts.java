package dev.synod.actors.client;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Which tries are on their way, and which requests rest before their next one. Time is counted in
 * ticks. Bounded by the number of requests that callers may have under way, which {@link Commands}
 * and {@link Reads} see to.
 */
final class Attempts {

  private final long ticksMax;
  private final Backoff backoff;
  private final Map<Long, Request> byTag = new HashMap<>();
  private final LinkedHashSet<Request> inFlight = new LinkedHashSet<>();
  private final LinkedHashSet<Request> resting = new LinkedHashSet<>();
  private long lastTag;

  /** No resting request is due before that tick. */
  private long restedAt = Ticks.NEVER;

  /**
   * Nothing yet.
   *
   * @param ticksMax a try not answered after that many ticks is made again elsewhere
   */
  Attempts(long ticksMax, Backoff backoff) {
    this.ticksMax = ticksMax;
    this.backoff = backoff;
  }

  /** Notes a try to be sent now; gives its tag. */
  long send(Request request, ActorRef<ReplicaMessage> to, long now) {
    long tag = ++lastTag;
    request.sent(tag, to, now);
    byTag.put(tag, request);
    inFlight.add(request);
    return tag;
  }

  /** Whose try that was; null if the request has its outcome already. */
  @Nullable Request of(long tag) {
    return byTag.get(tag);
  }

  /** It is the one try that an answer is waited for; others were given up or refused. */
  boolean isCurrent(Request request, long tag) {
    return request.isLatestTry(tag) && inFlight.contains(request);
  }

  /** That try certainly did not and will not do its work. */
  void refused(Request request, long tag, Rejected<Object> refusal) {
    if (request.isLatestTry(tag)) {
      inFlight.remove(request);
    }
    byTag.remove(tag);
    request.refused(tag, refusal);
  }

  /** No answer to the latest try will tell more: it stays open. */
  void inconclusive(Request request) {
    inFlight.remove(request);
  }

  /** The request is to be sent again, later. */
  void rest(Request request, long now) {
    request.restUntil(now + backoff.ticks(Math.max(1, request.tries())));
    resting.add(request);
    restedAt = Math.min(restedAt, request.restsUntil());
  }

  /** The request has its outcome: answers that still come are of no interest. */
  void forget(Request request) {
    request.done();
    inFlight.remove(request);
    resting.remove(request);
    request.open().forEach(byTag::remove);
  }

  /**
   * The requests whose latest try was not answered in time, oldest first. They are not in flight
   * any more.
   */
  List<Request> overdue(long now) {
    var overdue = new ArrayList<Request>();
    for (Iterator<Request> all = inFlight.iterator(); all.hasNext(); ) {
      var request = all.next();
      if (request.sentAt() + ticksMax > now) {
        break;
      }
      overdue.add(request);
      all.remove();
    }
    return overdue;
  }

  /** The tick by which the oldest try under way has waited that long. */
  long keptWaitingAt(long ticks) {
    return inFlight.isEmpty() ? Ticks.NEVER : inFlight.iterator().next().sentAt() + ticks;
  }

  /** When there may be something overdue or rested. */
  long dueAt() {
    return Math.min(restedAt, keptWaitingAt(ticksMax));
  }

  /**
   * The requests whose latest try went to an older leader than that one. They are not in flight any
   * more.
   */
  List<Request> leave(ActorRef<ReplicaMessage> leader) {
    var left =
        inFlight.stream()
            .filter(request -> request.isAskedOfLeader() && !leader.equals(request.target()))
            .toList();
    left.forEach(inFlight::remove);
    return left;
  }

  /** The requests that have rested long enough. */
  List<Request> rested(long now) {
    var rested = new ArrayList<Request>();
    if (now < restedAt) {
      return rested;
    }
    restedAt = Ticks.NEVER;
    for (Iterator<Request> all = resting.iterator(); all.hasNext(); ) {
      var request = all.next();
      if (request.restsUntil() <= now) {
        rested.add(request);
        all.remove();
      } else {
        restedAt = Math.min(restedAt, request.restsUntil());
      }
    }
    return rested;
  }
}
