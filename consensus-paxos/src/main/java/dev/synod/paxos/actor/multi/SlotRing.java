package dev.synod.paxos.actor.multi;

import dev.synod.core.Invariants;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing a slot, for slots that come and go at about the same pace: finding one and forgetting
 * one cost an array's access each. It grows to the widest span that was ever asked of it.
 */
final class SlotRing<T> {

  private static final int INITIAL = 16; // lengths are powers of two

  private @Nullable Object[] things = new Object[INITIAL];
  private long first = 1;
  private long last;

  /** The highest slot that something was put at and not forgotten; 0 if there is none. */
  long last() {
    return last >= first ? last : 0;
  }

  /** The lowest slot that something may be put at. */
  long first() {
    return first;
  }

  Optional<T> get(long slot) {
    @SuppressWarnings("unchecked") // only put writes
    var thing = slot < first || slot > last ? null : (T) things[at(slot)];
    return Optional.ofNullable(thing);
  }

  /** In the place of what was there. */
  void put(long slot, T thing) {
    Invariants.check(slot >= first, "slot %s is forgotten, %s is the first", slot, first);
    while (slot - first >= things.length) {
      grow();
    }
    things[at(slot)] = thing;
    last = Math.max(last, slot);
  }

  void remove(long slot) {
    if (slot >= first && slot <= last) {
      things[at(slot)] = null;
    }
  }

  /** Nothing up to that slot is kept any more, nor can be put. */
  void forget(long upTo) {
    for (long slot = first; slot <= Math.min(upTo, last); slot++) {
      things[at(slot)] = null;
    }
    first = Math.max(first, upTo + 1);
  }

  private int at(long slot) {
    return (int) (slot & (things.length - 1));
  }

  private void grow() {
    var old = things;
    things = new Object[Math.multiplyExact(old.length, 2)];
    for (long slot = first; slot <= last; slot++) {
      things[at(slot)] = old[(int) (slot & (old.length - 1))];
    }
  }
}
