package dev.synod.crdt.actor;

import dev.synod.crdt.clock.ReplicaId;
import java.util.List;
import java.util.Optional;

/**
 * With whom to search next for what is missing, in turn; and how long to wait for an answer: twice
 * as long each time that a search was given up, until one is over. So an answer that takes its time
 * is waited for in the end, and one that never comes does not keep the others waiting for long.
 */
final class SearchTurns {

  private static final int PATIENCE_MAX = 32;

  private int turn;
  private int silent;
  private int patience = 1;
  private boolean hasMoved;

  /**
   * Begins at another place on each node. Nodes that begin together and go through one list would
   * all ask the same one at a time, and hear of a change when it is the turn of whoever has made
   * it: after as many intervals as there are nodes, and not the logarithm of that (Demers et al.
   * 1987, §1.3, of partners that are drawn).
   */
  SearchTurns(ReplicaId self) {
    turn = self.number();
  }

  /** Something of an answer has come. */
  void moved() {
    hasMoved = true;
  }

  /**
   * One anti-entropy interval is over.
   *
   * @param isSearching whether a search is under way
   * @param others all with whom to search
   * @return with whom to begin a search now, in place of the one under way
   */
  Optional<ReplicaId> next(boolean isSearching, List<ReplicaId> others) {
    boolean isSilent = !hasMoved;
    hasMoved = false;
    if (!isSearching) {
      patience = 1;
      silent = 0;
    } else if (!isSilent) {
      silent = 0;
      return Optional.empty();
    } else if (++silent < patience) {
      return Optional.empty();
    } else {
      silent = 0;
      patience = Math.min(PATIENCE_MAX, 2 * patience);
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    turn = Math.floorMod(turn + 1, others.size());
    return Optional.of(others.get(turn));
  }
}
