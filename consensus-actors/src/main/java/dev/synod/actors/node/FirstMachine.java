package dev.synod.actors.node;

import dev.synod.actors.primarybackup.PreparingMachine;
import dev.synod.core.StateMachine;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first of a replica's machines at once, to be looked at before the replica starts, and
 * gives it to that one; those that start later get others.
 */
final class FirstMachine<C, R, S> implements Supplier<StateMachine<C, R, S>> {

  private final Supplier<? extends StateMachine<C, R, S>> machine;
  private final AtomicReference<@Nullable StateMachine<C, R, S>> first;

  FirstMachine(Supplier<? extends StateMachine<C, R, S>> machine) {
    this.machine = machine;
    this.first = new AtomicReference<>(machine.get());
  }

  /** Whether the first one, which nobody has got yet, prepares what is replicated. */
  boolean prepares() {
    return first.get() instanceof PreparingMachine;
  }

  @Override
  public StateMachine<C, R, S> get() {
    var given = first.getAndSet(null);
    return given == null ? machine.get() : given;
  }
}
