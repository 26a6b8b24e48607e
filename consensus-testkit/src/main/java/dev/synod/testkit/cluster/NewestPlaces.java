package dev.synod.testkit.cluster;

import dev.synod.core.Entry;
import dev.synod.testkit.invariant.Change;
import java.util.List;
import java.util.TreeMap;

/** Where a log that is not in order has its newest record of each slot. */
final class NewestPlaces {

  private final TreeMap<Long, Long> bySlot = new TreeMap<>();

  /** Notes what that record means; returns it as it is. */
  List<Change> noted(Entry record, List<Change> means) {
    for (Change change : means) {
      if (change instanceof Change.VoteKept vote) {
        bySlot.merge(vote.slot(), record.index(), Math::max);
      } else if (change instanceof Change.ChoiceKept choice) {
        bySlot.merge(choice.slot(), record.index(), Math::max);
      }
    }
    return means;
  }

  /** What it means that all records up to that place are gone. */
  List<Change> lost(String node, long place) {
    long last = 0;
    for (var all = bySlot.entrySet().iterator(); all.hasNext(); ) {
      var one = all.next();
      if (one.getValue() <= place) {
        last = one.getKey();
        all.remove();
      }
    }
    return last == 0 ? List.of() : List.of(new Change.SlotForgotten(node, last));
  }
}
