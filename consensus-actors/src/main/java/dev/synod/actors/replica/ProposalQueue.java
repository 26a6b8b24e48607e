package dev.synod.actors.replica;

import dev.synod.actors.replica.ApplierMessage.Waiter;
import dev.synod.actors.replica.ClientQueue.Proposed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proposals that have no entry yet, the oldest first. Where a leader can't make entries of all of
 * them at once, a later try of a request takes the place of the one that waits: else a group that
 * is slower than its clients are patient would be given more work with every try. Bounded by who
 * adds.
 */
final class ProposalQueue {

  private final ArrayDeque<Proposed> queue = new ArrayDeque<>();

  /** Of each request that was left in the queue, its latest try. Empty while none are left. */
  private final Map<RequestKey, Proposed> latest = new HashMap<>();

  private boolean areSomeLeft;

  int size() {
    return queue.size();
  }

  /**
   * @return the tries whose places were taken: they are in no log, and never will be
   */
  List<Waiter> add(List<Proposed> proposals) {
    var replaced = new ArrayList<Waiter>(0);
    for (Proposed proposed : proposals) {
      var before = areSomeLeft ? replace(proposed) : null;
      if (before == null) {
        queue.add(proposed);
      } else {
        replaced.add(before.notAppended());
      }
    }
    return replaced;
  }

  private @Nullable Proposed replace(Proposed proposed) {
    return keyOf(proposed).map(key -> latest.put(key, proposed)).orElse(null);
  }

  /** So many at most. */
  List<Proposed> take(int most) {
    int count = Math.min(most, queue.size());
    var taken = new ArrayList<Proposed>(count);
    for (int i = 0; i < count; i++) {
      var proposed = queue.remove();
      taken.add(areSomeLeft ? latestOf(proposed) : proposed);
    }
    if (queue.isEmpty()) {
      areSomeLeft = false;
      latest.clear();
    } else if (!areSomeLeft) {
      areSomeLeft = true;
      queue.forEach(left -> keyOf(left).ifPresent(key -> latest.putIfAbsent(key, left)));
    }
    return taken;
  }

  private Proposed latestOf(Proposed proposed) {
    return keyOf(proposed).map(latest::remove).orElse(proposed);
  }

  private static Optional<RequestKey> keyOf(Proposed proposed) {
    return RequestKey.of(proposed.client(), proposed.proposal());
  }
}
