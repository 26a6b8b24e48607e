package dev.synod.paxos.actor.multi;

import dev.synod.core.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values that passed a learner on their way to the acceptor's log, for slots that the state machine
 * will want next: they need not be fetched from there. Not all are here, as memory is bounded.
 */
final class ValuesAtHand {

  private static final int SLOTS_MAX = 4_096;
  private static final long BYTES_MAX = 4 << 20;

  private final SlotRing<Entry> values = new SlotRing<>();
  private long bytes;

  /** A value for its slot, newer than what was put there before. */
  void put(Entry value) {
    long slot = value.index();
    if (slot < values.first()) {
      return;
    }
    remove(slot);
    int length = value.payload().length();
    if (slot < values.first() + SLOTS_MAX && bytes + length <= BYTES_MAX) {
      values.put(slot, value);
      bytes += length;
    }
  }

  /** The values of those slots, if all are here. */
  Optional<List<Entry>> get(long from, long to) {
    var found = new ArrayList<Entry>();
    for (long slot = from; slot <= to; slot++) {
      var value = values.get(slot);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      found.add(value.get());
    }
    return Optional.of(found);
  }

  /** The state machine has all slots up to there. */
  void handed(long upTo) {
    for (long slot = values.first(); slot <= Math.min(upTo, values.last()); slot++) {
      remove(slot);
    }
    values.forget(upTo);
  }

  private void remove(long slot) {
    values.get(slot).ifPresent(old -> bytes -= old.payload().length());
    values.remove(slot);
  }
}
