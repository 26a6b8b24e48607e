package dev.synod.crdt.actor;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The questions of other replicas. While something large is on its way to one of them, its next
 * questions wait, of each search the last one: the answers may be large, too. Not heard at all, two
 * that ask each other in step would never be answered. Asked once more while its answer may be on
 * its way, a question is not answered twice. Who asks, asks again: so what no room is left for is
 * only late.
 */
final class Questions {

  private static final long SEARCH = -1;

  private final int waitingMax;
  private final Map<ReplicaId, Asker> askers = new TreeMap<>();

  /** What one other wants to know: for values by their requests, and as {@link #SEARCH}. */
  private static final class Asker {
    private final Map<Long, ReplicationMessage> waiting = new LinkedHashMap<>();
    private long lastSearch = SEARCH;
    private long lastRequest = SEARCH;
    private boolean isNext;

    boolean isAnswered(ReplicationMessage question) {
      return question instanceof Ask ask
          ? ask.session() == lastSearch
          : question instanceof Fetch fetch && fetch.request() == lastRequest;
    }

    void answered(ReplicationMessage question) {
      if (question instanceof Ask ask) {
        lastSearch = ask.session();
      } else if (question instanceof Fetch fetch) {
        lastRequest = fetch.request();
      }
    }
  }

  /**
   * @param waitingMax questions of one other that may wait
   */
  Questions(int waitingMax) {
    this.waitingMax = waitingMax;
  }

  private static long number(ReplicationMessage question) {
    return question instanceof Fetch fetch ? fetch.request() : SEARCH;
  }

  /**
   * A question has come; it comes back if it is to be answered now.
   *
   * @param isBusy whether something large is on its way to whoever asks
   */
  Optional<ReplicationMessage> heard(ReplicationMessage question, boolean isBusy) {
    var asker = askers.computeIfAbsent(question.from(), it -> new Asker());
    long number = number(question);
    if (!isBusy) {
      asker.waiting.remove(number);
      asker.answered(question);
      return Optional.of(question);
    }
    boolean hasRoom = asker.waiting.size() < waitingMax || asker.waiting.containsKey(number);
    if (hasRoom && !asker.isAnswered(question)) {
      asker.waiting.put(number, question);
    }
    return Optional.empty();
  }

  /** Nothing large is on its way to that one any more: what it asked meanwhile, one by one. */
  Optional<ReplicationMessage> next(ReplicaId from) {
    var asker = askers.get(from);
    if (asker == null) {
      return Optional.empty();
    }
    var questions = asker.waiting.values().iterator();
    if (!questions.hasNext()) {
      return Optional.empty();
    }
    var question = questions.next();
    questions.remove();
    asker.answered(question);
    return Optional.of(question);
  }

  /** Whether answers to that one come before news of changes: every second time. */
  boolean areNext(ReplicaId from) {
    var asker = askers.get(from);
    if (asker == null) {
      return false;
    }
    asker.isNext = !asker.isNext;
    return asker.isNext;
  }

  /** That one is gone for ever. */
  void left(ReplicaId other) {
    askers.remove(other);
  }
}
