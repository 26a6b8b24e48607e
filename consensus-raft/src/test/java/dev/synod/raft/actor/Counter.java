package dev.synod.raft.actor;

import dev.synod.core.StateMachine;

/** Adds: the smallest machine in which a command applied twice shows. */
final class Counter implements StateMachine<Long, Long, Long> {

  private long value;

  @Override
  public Long apply(Long command, Context context) {
    value += command;
    return value;
  }

  @Override
  public Long query(Long query) {
    return value;
  }

  @Override
  public Long snapshot() {
    return value;
  }

  @Override
  public void restore(Long state) {
    value = state;
  }
}
