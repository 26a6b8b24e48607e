package dev.synod.crdt.rules;

import dev.synod.crdt.lattice.PersistentMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last of a replica's own changes, by number. Immutable.
 *
 * @param changes those that are kept
 * @param first the number of the first one that is kept
 * @param last the number of the last one; below the first if none is kept
 */
record ChangeLog(PersistentMap<Long, OwnChange<?>> changes, long first, long last) {

  static final ChangeLog EMPTY = new ChangeLog(PersistentMap.empty(), 1, 0);

  ChangeLog with(OwnChange<?> change) {
    return new ChangeLog(changes.with(last + 1, change), first, last + 1);
  }

  /** Without those before that number. */
  ChangeLog from(long number) {
    var left = changes;
    for (long i = first; i < number; i++) {
      left = left.without(i);
    }
    return new ChangeLog(left, Math.max(first, number), last);
  }

  /** A change of a key, or several that follow each other in one. */
  record Joined(OwnChange<?> change, long number) {}

  /** All changes of the interval, of each key in one, in the order of their last ones. */
  Map<String, Joined> between(long from, long to) {
    var joined = new LinkedHashMap<String, Joined>();
    for (long number = from; number <= to; number++) {
      var change = changes.get(number);
      if (change != null) {
        var before = joined.remove(change.key());
        joined.put(change.key(), new Joined(change.after(before), number));
      }
    }
    return joined;
  }
}
