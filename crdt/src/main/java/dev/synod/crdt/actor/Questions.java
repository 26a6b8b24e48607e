package dev.synod.crdt.actor;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The questions of other replicas, of each the last one. While something large is on its way to one
 * of them, its next question waits: the answer may be large, too. Not heard at all, two that ask
 * each other in step would never be answered. Asked once more while its answer may be on its way, a
 * question is not answered twice.
 */
final class Questions {

  private final Map<ReplicaId, Long> answered = new TreeMap<>();
  private final Map<ReplicaId, Ask> waiting = new TreeMap<>();

  /**
   * A question has come; it comes back if it is to be answered now.
   *
   * @param isBusy whether something large is on its way to whoever asks
   */
  Optional<Ask> heard(Ask ask, boolean isBusy) {
    if (!isBusy) {
      waiting.remove(ask.from());
      answered.put(ask.from(), ask.session());
      return Optional.of(ask);
    }
    var last = answered.get(ask.from());
    if (last == null || last != ask.session()) {
      waiting.put(ask.from(), ask);
    }
    return Optional.empty();
  }

  /** Nothing large is on its way to that one any more: what it asked meanwhile. */
  Optional<Ask> next(ReplicaId from) {
    var ask = waiting.remove(from);
    if (ask != null) {
      answered.put(from, ask.session());
    }
    return Optional.ofNullable(ask);
  }

  /** That one is gone for ever. */
  void left(ReplicaId other) {
    answered.remove(other);
    waiting.remove(other);
  }
}
