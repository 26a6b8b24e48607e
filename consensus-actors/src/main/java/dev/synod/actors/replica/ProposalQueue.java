package dev.synod.actors.replica;

import dev.synod.actors.replica.ApplierMessage.Waiter;
import dev.synod.actors.replica.ClientQueue.Proposed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proposals that have no entry yet, the oldest first. Where a leader can't make entries of all of
 * them at once, a later try of a request takes the place of the one that waits: else a group that
 * is slower than its clients are patient would be given more work with every try. Bounded by who
 * adds.
 */
final class ProposalQueue {

  private final ArrayDeque<Proposed> queue = new ArrayDeque<>();

  /** Of each request in the queue, its latest try; empty before some are left and more come. */
  private final Map<RequestKey, Proposed> latest = new HashMap<>();

  private boolean areSomeLeft;

  int size() {
    return queue.size();
  }

  /**
   * @return the tries whose places were taken: they are in no log, and never will be
   */
  List<Waiter> add(List<Proposed> proposals) {
    if (!areSomeLeft) {
      queue.addAll(proposals);
      return List.of();
    }
    var replaced = new ArrayList<Waiter>(0);
    if (latest.isEmpty()) {
      var left = List.copyOf(queue);
      queue.clear();
      left.forEach(proposed -> place(proposed, replaced));
    }
    proposals.forEach(proposed -> place(proposed, replaced));
    return replaced;
  }

  /** A message that came twice is one try, which must not be called replaced while it waits. */
  private void place(Proposed proposed, List<Waiter> replaced) {
    var before = keyOf(proposed).map(key -> latest.put(key, proposed)).orElse(null);
    if (before == null) {
      queue.add(proposed);
    } else if (!isSameTry(before, proposed)) {
      replaced.add(before.notAppended());
    }
  }

  /** So many at most. */
  List<Proposed> take(int most) {
    int count = Math.min(most, queue.size());
    var taken = new ArrayList<Proposed>(count);
    for (int i = 0; i < count; i++) {
      var proposed = queue.remove();
      taken.add(areSomeLeft ? latestOf(proposed) : proposed);
    }
    areSomeLeft = !queue.isEmpty();
    if (!areSomeLeft) {
      latest.clear();
    }
    return taken;
  }

  private Proposed latestOf(Proposed proposed) {
    return keyOf(proposed).map(latest::remove).orElse(proposed);
  }

  private static boolean isSameTry(Proposed one, Proposed other) {
    return one.proposal().tag() == other.proposal().tag() && one.client().equals(other.client());
  }

  private static Optional<RequestKey> keyOf(Proposed proposed) {
    return RequestKey.of(proposed.client(), proposed.proposal());
  }
}
