package dev.synod.actors.eventsourced;

import dev.synod.core.StateMachine;
import java.util.List;
import java.util.function.Function;

/**
 * A state machine in the manner of Pekko's {@code EventSourcedBehavior}: {@link #onCommand} looks
 * at the state and says which events happen and what the answer is; {@link #onEvent} says what each
 * event does to the state.
 *
 * <p>Both run on every replica when a command is applied, so both are deterministic and have no
 * side effects. States, events and replies are immutable values. If either throws, none of the
 * command's events has happened, and the client is told {@code rejected}.
 *
 * <pre>{@code
 * Group.of("account", () -> new BankAccount().asStateMachine())
 * }</pre>
 *
 * @param <C> commands and queries
 * @param <E> events; never stored, so they need no serializer
 * @param <S> the state, as kept in snapshots
 * @param <R> replies
 */
public interface EventSourcedMachine<C, E, S, R> {

  /** The state before the first event. */
  S emptyState();

  /** What a command comes to. Refusing one is an answer without events. */
  Effect<E, S, R> onCommand(S state, C command);

  /**
   * As {@link #onCommand(Object, Object)}, for those who need the command's place in the log, as a
   * version or fencing token.
   */
  default Effect<E, S, R> onCommand(S state, C command, StateMachine.Context context) {
    return onCommand(state, command);
  }

  /** The state after that event. */
  S onEvent(S state, E event);

  /** Answers a read. */
  R query(S state, C query);

  /** See {@link StateMachine#version}. */
  default long version() {
    return 0;
  }

  /** Where effects begin: {@code effect().persist(event).thenReply(state -> ...)}. */
  default Effects<E, S, R> effect() {
    return new Effects<>();
  }

  /** This, as a group wants it. One for each replica: it holds the state. */
  default StateMachine<C, R, S> asStateMachine() {
    return new EventSourcedStateMachine<>(this);
  }

  /**
   * What a command comes to: events in order, then an answer from the state after them.
   *
   * @param events none if nothing changes
   */
  record Effect<E, S, R>(List<E> events, Function<S, R> reply) {

    public Effect {
      events = List.copyOf(events);
    }
  }

  /** Makes effects. */
  final class Effects<E, S, R> {

    Effects() {}

    /** That event happens. */
    public Happening<E, S, R> persist(E event) {
      return new Happening<>(List.of(event));
    }

    /** Those events happen, in that order, all or none. */
    public Happening<E, S, R> persist(List<E> events) {
      return new Happening<>(List.copyOf(events));
    }

    /** Nothing happens. */
    public Happening<E, S, R> none() {
      return new Happening<>(List.of());
    }

    /** Nothing happens, and this is the answer. */
    public Effect<E, S, R> reply(R reply) {
      return new Effect<>(List.of(), state -> reply);
    }
  }

  /** Events that still need an answer: a command always has one. */
  final class Happening<E, S, R> {

    private final List<E> events;

    private Happening(List<E> events) {
      this.events = events;
    }

    /** The answer, from the state after the events. */
    public Effect<E, S, R> thenReply(Function<S, R> reply) {
      return new Effect<>(events, reply);
    }
  }
}
