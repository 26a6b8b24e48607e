package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Intervals that came before what they follow: nobody may see them yet (causal delivery: Birman,
 * Schiper, Stephenson 1991, §5.1). Immutable.
 *
 * @param waiting of each sender, without gaps, the first one next to what is merged of it
 * @param size how many in all
 */
record Held(SortedMap<ReplicaId, List<Deltas>> waiting, int size) {

  static final Held NONE = new Held(Collections.emptySortedMap(), 0);

  /** Those that may be merged now, together, and those that go on waiting. */
  record Ready(List<Deltas> now, Held rest) {}

  boolean isEmpty() {
    return size == 0;
  }

  /** The last change of that sender that is merged or waits here. */
  long reach(ReplicaId of, VersionVector merged) {
    var intervals = waiting.get(of);
    return intervals == null
        ? merged.get(of)
        : Math.max(merged.get(of), intervals.get(intervals.size() - 1).last());
  }

  Held with(Deltas interval) {
    var changed = new TreeMap<>(waiting);
    var intervals = new ArrayList<>(changed.getOrDefault(interval.from(), List.of()));
    intervals.add(interval);
    changed.put(interval.from(), Collections.unmodifiableList(intervals));
    return of(changed);
  }

  /** Without those of that sender. */
  Held without(ReplicaId sender) {
    var rest = new TreeMap<>(waiting);
    return rest.remove(sender) == null ? this : of(rest);
  }

  private static Held of(SortedMap<ReplicaId, List<Deltas>> waiting) {
    return new Held(
        Collections.unmodifiableSortedMap(waiting),
        waiting.values().stream().mapToInt(List::size).sum());
  }

  /**
   * The most that can be merged at once so that all that anything follows is merged, too. Two
   * intervals may follow each other, as each has several changes. Those that follow something in
   * another shard that is not merged there go on waiting, and so do those that follow them.
   */
  Ready ready(VersionVector merged, Elsewhere elsewhere) {
    var now = new TreeMap<ReplicaId, List<Deltas>>();
    waiting.forEach((sender, intervals) -> now.put(sender, missing(intervals, merged)));
    boolean isCut = true;
    while (isCut) {
      isCut = false;
      var then = together(now, merged);
      for (var entry : now.entrySet()) {
        var first = fulfilled(entry.getValue(), then, elsewhere);
        isCut |= first.size() < entry.getValue().size();
        entry.setValue(first);
      }
    }
    var rest = new TreeMap<ReplicaId, List<Deltas>>();
    var all = new ArrayList<Deltas>();
    waiting.forEach(
        (sender, intervals) -> {
          var left = missing(intervals, merged);
          var taken = now.getOrDefault(sender, List.of());
          all.addAll(taken);
          if (taken.size() < left.size()) {
            rest.put(sender, left.subList(taken.size(), left.size()));
          }
        });
    return new Ready(all, of(rest));
  }

  /** Those that are not merged. */
  private static List<Deltas> missing(List<Deltas> intervals, VersionVector merged) {
    return intervals.stream().filter(it -> it.last() > merged.get(it.from())).toList();
  }

  private static VersionVector together(
      SortedMap<ReplicaId, List<Deltas>> intervals, VersionVector merged) {
    var then = merged;
    for (var some : intervals.values()) {
      if (!some.isEmpty()) {
        var last = some.get(some.size() - 1);
        then = then.with(new Dot(last.from(), last.last()));
      }
    }
    return then;
  }

  /** As many from the first on as follow nothing else. */
  private static List<Deltas> fulfilled(
      List<Deltas> intervals, VersionVector merged, Elsewhere elsewhere) {
    int count = 0;
    while (count < intervals.size()
        && isFulfilled(intervals.get(count), merged)
        && elsewhere.has(intervals.get(count).elsewhere())) {
      count++;
    }
    return intervals.subList(0, count);
  }

  /** Who has sent what follows changes that neither are merged nor wait here. */
  Stream<ReplicaId> lacking(VersionVector merged) {
    var then = together(waiting, merged);
    return waiting.entrySet().stream()
        .filter(it -> it.getValue().stream().anyMatch(interval -> !isFulfilled(interval, then)))
        .map(Map.Entry::getKey);
  }

  /**
   * Whether all that the interval follows in its shard is merged; of its sender's changes, the next
   * ones are.
   */
  static boolean isFulfilled(Deltas interval, VersionVector merged) {
    boolean[] is = {true};
    interval
        .after()
        .forEach(
            (replica, number) ->
                is[0] &= replica.equals(interval.from()) || number <= merged.get(replica));
    return is[0];
  }
}
