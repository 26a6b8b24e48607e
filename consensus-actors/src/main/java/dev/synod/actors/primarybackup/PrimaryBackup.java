package dev.synod.actors.primarybackup;

import dev.synod.core.StateMachine;

/**
 * A state machine in ZooKeeper's manner (Junqueira, Reed, Serafini, DSN 2011, §1): only the leader,
 * the primary, carries a request out, in {@link #prepare}; what is replicated is the transaction
 * that it comes to, and replicas do no more than take that over, in {@link #apply}. So a request
 * may depend on what replicas do not share, such as a clock, a random number or a file.
 *
 * <p>The leader prepares requests on top of all that it has prepared before, committed or not, and
 * each transaction says on which state it was prepared. One whose state never came to be, as after
 * a change of leaders, is not applied anywhere, and its request is prepared again. Answers are
 * given once the transaction is applied, so nobody hears of what may be lost.
 *
 * <p>States and transactions are immutable values with a Pekko serializer bound to their classes. A
 * transaction holds results ("the balance is 7"), not steps ("take away 3").
 *
 * <p>Who watches the group hears of transactions, not of requests: if it is to be watched, {@code
 * C} is a type that both have in common.
 *
 * <pre>{@code
 * Group.of("tickets", () -> new Lottery(random).asStateMachine()).using(Zab.protocol())
 * }</pre>
 *
 * @param <C> requests and queries
 * @param <T> transactions
 * @param <S> the state
 * @param <R> replies
 */
public interface PrimaryBackup<C, T, S, R> {

  /** The state before the first transaction. */
  S emptyState();

  /**
   * Carries a request out, on the leader only: what is to change. Refusing is a transaction, too.
   * If it throws, nothing changes, and the client is told {@code rejected}.
   *
   * @param state with all that was prepared before, though perhaps not committed
   */
  T prepare(S state, C request);

  /** The state with that transaction. Deterministic, as it runs on every replica. */
  S apply(S state, T transaction);

  /** What the client is told. Deterministic. */
  R reply(S after, T transaction);

  /** Answers a read. */
  R query(S state, C query);

  /** See {@link StateMachine#version}. */
  default long version() {
    return 0;
  }

  /** This, as a group wants it: of a protocol whose leaders prepare, such as ZAB. */
  default StateMachine<C, R, PreparedState> asStateMachine() {
    return new PrimaryBackupMachine<>(this);
  }
}
