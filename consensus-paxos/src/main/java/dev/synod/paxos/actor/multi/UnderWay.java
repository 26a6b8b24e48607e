package dev.synod.paxos.actor.multi;

import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.actors.replica.RequestKey;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Requests that have a slot and are not known to be applied. Another try of one of these is not
 * proposed anew: else a group that is slower than its clients are patient would be given more work
 * with every try. Bounded by who adds.
 */
final class UnderWay {

  private record Placed(long slot, Proposed proposed) {}

  private final ArrayDeque<Placed> placed = new ArrayDeque<>();
  private final Set<RequestKey> keys = new HashSet<>();

  int size() {
    return placed.size();
  }

  boolean has(Proposed proposed) {
    return RequestKey.of(proposed.client(), proposed.proposal()).filter(keys::contains).isPresent();
  }

  /** Slots rise. */
  void add(long slot, Proposed proposed) {
    placed.add(new Placed(slot, proposed));
    RequestKey.of(proposed.client(), proposed.proposal()).ifPresent(keys::add);
  }

  /** Whatever waited for the first try has its answer. */
  void forget(Proposed proposed) {
    RequestKey.of(proposed.client(), proposed.proposal()).ifPresent(keys::remove);
  }

  void appliedUpTo(long slot) {
    while (!placed.isEmpty() && placed.element().slot() <= slot) {
      forget(placed.remove().proposed());
    }
  }

  void clear() {
    placed.clear();
    keys.clear();
  }
}
