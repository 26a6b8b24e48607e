package dev.synod.testkit;

import dev.synod.core.StateMachine;

/** The smallest state machine with a state, for trials: what it is told, added up. */
public final class Total implements StateMachine<Long, Long, Long> {

  private long total;

  @Override
  public Long apply(Long command, Context context) {
    total += command;
    return total;
  }

  @Override
  public Long query(Long query) {
    return total;
  }

  @Override
  public Long snapshot() {
    return total;
  }

  @Override
  public void restore(Long state) {
    total = state;
  }
}
