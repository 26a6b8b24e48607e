package dev.synod.testkit.zab;

import dev.synod.actors.primarybackup.PrimaryBackup;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Adds an amount that is drawn, by each replica's own luck: as good as a clock, or any other thing
 * that replicas do not share. A transaction says what was there and what is there now.
 */
final class Lottery implements PrimaryBackup<Long, String, Long, String> {

  /** A request that fails. */
  static final long FAILS = -1;

  /** One whose transaction nobody can write. */
  static final long TOO_LARGE = -2;

  private static final int DRAWN_MAX = 1000;
  private static final int TOO_MANY = 100_000;

  private final RandomGenerator luck;
  private final Consumer<String> broken;

  /**
   * @param broken hears of transactions that are applied to another state than they were prepared
   *     on
   */
  Lottery(RandomGenerator luck, Consumer<String> broken) {
    this.luck = luck;
    this.broken = broken;
  }

  @Override
  public Long emptyState() {
    return 0L;
  }

  @Override
  public String prepare(Long total, Long atLeast) {
    if (atLeast == FAILS) {
      throw new IllegalStateException("no luck on top of " + total);
    }
    if (atLeast == TOO_LARGE) {
      return "x".repeat(TOO_MANY);
    }
    return total + " " + (total + atLeast + luck.nextInt(DRAWN_MAX));
  }

  @Override
  public Long apply(Long total, String transaction) {
    int space = transaction.indexOf(' ');
    if (space < 0) {
      return total;
    }
    if (!transaction.startsWith(total + " ")) {
      broken.accept(transaction + " on top of " + total);
    }
    return Long.valueOf(transaction.substring(space + 1));
  }

  @Override
  public String reply(Long after, String transaction) {
    return transaction;
  }

  @Override
  public String query(Long total, Long query) {
    return String.valueOf(total);
  }
}
