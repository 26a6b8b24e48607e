package dev.synod.testkit.lab.lock;

import dev.synod.core.StateMachine;

/**
 * A lock as a replicated state machine. It knows no time: whoever finds it held for longer than its
 * own patience says {@code expire}, and the token makes that harmless.
 *
 * <p>A command is {@code acquire who}, {@code release token} or {@code expire token}. The reply to
 * the first is the token, the command's index in the log, which rises; if the lock is held, minus
 * the token of the holder. The other replies are the token that ended, or 0.
 */
final class FencedLock implements StateMachine<String, Long, Long> {

  private static final long FREE = 0;

  private long token = FREE;

  @Override
  public Long apply(String command, Context context) {
    var words = command.split(" ", -1);
    if (words[0].equals("acquire")) {
      if (token != FREE) {
        return -token;
      }
      token = context.index();
      return token;
    }
    long ended = Long.parseLong(words[1]);
    if (token != ended) {
      return 0L;
    }
    token = FREE;
    return ended;
  }

  @Override
  public Long query(String query) {
    return token;
  }

  @Override
  public Long snapshot() {
    return token;
  }

  @Override
  public void restore(Long state) {
    token = state;
  }
}
