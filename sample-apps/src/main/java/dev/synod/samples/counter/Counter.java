package dev.synod.samples.counter;

import dev.synod.core.StateMachine;

/** A number that all replicas agree on. Commands, replies and the state are plain values. */
public final class Counter implements StateMachine<Counter.Command, Long, Long> {

  private long value;

  @Override
  public Long apply(Command command, Context context) {
    if (command instanceof Add add) {
      // On overflow this throws before it changes anything, so the caller is told "rejected".
      value = Math.addExact(value, add.amount());
    }
    return value;
  }

  @Override
  public Long query(Command query) {
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

  /** What can be asked of a counter. */
  public sealed interface Command {}

  /** Adds, and answers the new value. A negative amount subtracts. */
  public record Add(long amount) implements Command {}

  /** Answers the value. Meant to be read, not proposed: it changes nothing. */
  public record Get() implements Command {}
}
