package dev.synod.testkit;

import dev.synod.core.StateMachine;

/** What it is told, added up. */
final class Sum implements StateMachine<Long, Long, Long> {
  private long sum;

  @Override
  public Long apply(Long command, Context context) {
    sum += command;
    return sum;
  }

  @Override
  public Long query(Long query) {
    return sum;
  }

  @Override
  public Long snapshot() {
    return sum;
  }

  @Override
  public void restore(Long state) {
    sum = state;
  }
}
