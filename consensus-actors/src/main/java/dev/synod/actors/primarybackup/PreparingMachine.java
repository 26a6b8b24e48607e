package dev.synod.actors.primarybackup;

import dev.synod.core.StateMachine;

/**
 * A state machine whose leader prepares what is replicated. It is ahead of what is applied then, by
 * all that was prepared and is on its way.
 *
 * @param <C> requests and queries
 * @param <R> replies
 * @param <S> what is kept in snapshots
 */
public interface PreparingMachine<C, R, S> extends StateMachine<C, R, S> {

  /** Whether that leader has begun, and nothing is known to have gone another way since. */
  boolean isPreparing(long epoch);

  /** A leader begins, or begins again: on what is applied now. */
  void begin(long epoch);

  /** What is to be replicated in the request's place. */
  Transaction prepare(Object request);

  /** The last transaction is not replicated: what comes next is prepared as if it had not been. */
  void takeBack();

  /** A transaction was prepared on a state that never came to be: it changes nothing. */
  final class Stale extends RuntimeException {

    private static final long serialVersionUID = 1;

    Stale(String message) {
      super(message, null, false, false);
    }
  }
}
