package dev.synod.crdt.ladder;

import dev.synod.crdt.ladder.protocol.Rung;
import java.util.SortedSet;

/**
 * Where an entity stands, as far as a node has heard.
 *
 * @param mode that it is in, or moves to
 * @param before the mode that it moves from; equal to the mode if it does not move
 * @param waitingFor addresses of the nodes that a move up waits for; empty if it does not move
 * @param fence the log index of the last move; 0 if it never moved
 * @param isReady whether this node serves it
 */
public record LadderStatus(
    ConsistencyMode mode,
    ConsistencyMode before,
    SortedSet<String> waitingFor,
    long fence,
    boolean isReady) {

  static LadderStatus of(Rung rung, boolean isReady) {
    return new LadderStatus(rung.mode(), rung.before(), rung.waiting(), rung.fence(), isReady);
  }

  /** Whether it is between two modes. */
  public boolean isMoving() {
    return !waitingFor.isEmpty();
  }
}
