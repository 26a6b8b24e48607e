package dev.synod.actors.eventsourced;

import dev.synod.actors.eventsourced.EventSourcedMachine.Effect;
import dev.synod.core.StateMachine;

/**
 * Runs an {@link EventSourcedMachine} as a replicated state machine. A command's events happen all
 * or not at all.
 */
final class EventSourcedStateMachine<C, E, S, R> implements StateMachine<C, R, S> {

  private final EventSourcedMachine<C, E, S, R> machine;
  private S state;
  private boolean happened;

  EventSourcedStateMachine(EventSourcedMachine<C, E, S, R> machine) {
    this.machine = machine;
    this.state = machine.emptyState();
  }

  @Override
  public R apply(C command, Context context) {
    Effect<E, S, R> effect = machine.onCommand(state, command, context);
    S after = state;
    for (E event : effect.events()) {
      after = machine.onEvent(after, event);
    }
    R reply = effect.reply().apply(after);
    state = after;
    happened = !effect.events().isEmpty();
    return reply;
  }

  /** A command without events changes nothing. */
  @Override
  public boolean isChange(C command, R reply) {
    return happened;
  }

  @Override
  public long version() {
    return machine.version();
  }

  @Override
  public R query(C query) {
    return machine.query(state, query);
  }

  @Override
  public S snapshot() {
    return state;
  }

  @Override
  public void restore(S restored) {
    state = restored;
  }
}
