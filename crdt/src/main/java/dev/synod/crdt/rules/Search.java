package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A search for what another replica has and this one lacks. It goes down the tree of digests where
 * sums differ. What the other had when it first answered is known here once no node is open any
 * more: each later answer tells at least that much.
 *
 * @param session the number of the question that is open; other answers are not heard
 * @param with the other
 * @param upTo all changes that the other had merged at its first answer, if it came
 * @param open the nodes that may differ; none of them is below another
 * @param isWhole whether all that the other told could be merged
 */
record Search(
    long session,
    ReplicaId with,
    Optional<VersionVector> upTo,
    NavigableSet<Integer> open,
    boolean isWhole) {

  Search {
    open = Collections.unmodifiableNavigableSet(open);
  }

  static Search of(long session, ReplicaId with) {
    return new Search(session, with, Optional.empty(), new TreeSet<>(List.of(KeySpace.ROOT)), true);
  }

  boolean isOver() {
    return open.isEmpty();
  }

  /** The nodes to be asked next: the deepest, so that few are open at a time. */
  List<Integer> next(int max) {
    return open.descendingSet().stream().limit(max).toList();
  }
}
