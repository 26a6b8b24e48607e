package dev.synod.actors;

import dev.synod.core.StateMachine;

/** Adds up numbers; a query's number does not matter. Refuses negative ones by throwing. */
final class Adder implements StateMachine<Long, Long, Long> {

  private long sum;

  @Override
  public Long apply(Long command, Context context) {
    if (command < 0) {
      throw new IllegalArgumentException("no negative numbers, please: " + command);
    }
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
