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
    turn = (turn + 1) % others.size();
    return Optional.of(others.get(turn));
  }
}
