package dev.synod.crdt.rules;

import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

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

  /** About how many bytes it takes to tell of that change; 0 if it is not kept. */
  long bytes(long number) {
    var change = changes.get(number);
    return change == null ? 0 : change.encoded().length() + (long) change.key().length();
  }

  /** What was merged at this replica before that change; nothing if it is not kept. */
  VersionVector after(long number) {
    var change = changes.get(number);
    return change == null ? VersionVector.EMPTY : change.after();
  }

  /** Goes through those after that number that are kept, in their order. */
  void forEachAfter(long number, Consumer<OwnChange<?>> each) {
    for (long i = Math.max(first, number + 1); i <= last; i++) {
      var change = changes.get(i);
      if (change != null) {
        each.accept(change);
      }
    }
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
