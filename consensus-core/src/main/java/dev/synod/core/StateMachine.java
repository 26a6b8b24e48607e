package dev.synod.core;

/**
 * What a group replicates: a deterministic machine. Every replica applies the same commands in the
 * same order, so from the same state each must come to the same state and reply: no clock, no
 * randomness, no I/O, no iteration order of identity hashes.
 *
 * <p>One thread at a time calls it. Commands, queries, replies and states are immutable values,
 * encoded by the Pekko serializer bound to their class.
 *
 * @param <C> commands and queries
 * @param <R> replies
 * @param <S> the state as kept in snapshots
 */
public interface StateMachine<C, R, S> {

  /**
   * Changes the state and answers. A throw counts as a bug that all replicas share: the state must
   * be as before, and the client is told {@code rejected}.
   */
  R apply(C command, Context context);

  /**
   * Whether those who watch the group are to hear of a command that was answered so. All commands
   * count as changes, unless the machine knows better, as with a comparison that failed. Asked
   * right after {@link #apply}, and as deterministic.
   */
  default boolean isChange(C command, R reply) {
    return true;
  }

  /** Answers without changing anything. Called for reads, which never enter the log. */
  R query(C query);

  /**
   * The state as an immutable value, at once: it is encoded elsewhere while commands go on being
   * applied.
   */
  S snapshot();

  /** Replaces the state by one that {@link #snapshot} returned, perhaps on another replica. */
  void restore(S state);

  /**
   * Raise it whenever commands, replies or states come to look or be otherwise than before:
   * replicas compare what they have come to with those of the same version only, so that nodes can
   * be upgraded one after the other.
   */
  default long version() {
    return 0;
  }

  /** Where a command stands. The same on every replica. */
  interface Context {

    /**
     * The command's log index: rises with each command, so it serves as a version or a fencing
     * token.
     */
    long index();

    /** The session of the client that sent it. */
    long session();
  }
}
