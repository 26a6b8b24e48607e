package dev.synod.crdt.ladder;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.lattice.Lattice;
import java.util.concurrent.CompletionStage;

/**
 * An entity on a ladder, as this node sees it. The same calls in all modes; {@link ConsistencyMode}
 * says what an answer promises, and each answer names its mode. Stages never fail: what went wrong
 * is a value. Safe for use by many threads.
 *
 * @param <T> its value
 * @param <O> operations
 */
public final class LadderEntity<T extends Lattice<T>, O> {

  private final Ladder ladder;
  private final LadderFamily<T, O> family;
  private final String key;

  LadderEntity(Ladder ladder, LadderFamily<T, O> family, String key) {
    this.ladder = ladder;
    this.family = family;
    this.key = key;
  }

  /** Its key. */
  public String key() {
    return key;
  }

  /** Does an operation. */
  public CompletionStage<LadderOutcome> update(O operation) {
    return update(operation, CausalToken.NONE);
  }

  /**
   * Does an operation after all that the token names.
   *
   * @param after from the caller's last answer; not waited for while the entity is {@link
   *     ConsistencyMode#EVENTUAL}
   */
  public CompletionStage<LadderOutcome> update(O operation, CausalToken after) {
    return ladder.update(family, key, operation, after);
  }

  /** Reads the value. */
  public CompletionStage<LadderRead<T>> read() {
    return read(CausalToken.NONE);
  }

  /**
   * Reads the value after all that the token names.
   *
   * @param after from the caller's last answer; not waited for while the entity is {@link
   *     ConsistencyMode#EVENTUAL}, nor while it is {@link ConsistencyMode#LINEARIZABLE}, when its
   *     own value is the last one anyway
   */
  public CompletionStage<LadderRead<T>> read(CausalToken after) {
    return ladder.read(family, key, after);
  }

  /**
   * Moves the entity to that mode, for all nodes. Done once it has arrived, and this node serves
   * it; after the timeout of moves the outcome is unknown, and the move goes on. Up, it waits for
   * every node that may have changed the entity, and meanwhile nobody may: such a move is taken
   * back by a move to the mode before.
   */
  public CompletionStage<LadderOutcome> moveTo(ConsistencyMode mode) {
    return ladder.move(key, mode);
  }

  /**
   * Gives the group rights back that this node has and does not need, of a bounded counter that is
   * {@link ConsistencyMode#BOUNDED}. Unknown means that the node has them no more, and that the
   * group will hear of it.
   *
   * @param amount how many, above 0
   */
  public CompletionStage<LadderOutcome> giveBack(long amount) {
    return ladder.giveBack(family, key, amount);
  }

  /**
   * Where it stands, as far as this node has heard.
   *
   * @return fails only if the ladder has stopped
   */
  public CompletionStage<LadderStatus> status() {
    return ladder.status(key);
  }
}
