package dev.synod.actors.replica;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.synod.core.InvariantViolation;
import dev.synod.core.StateMachine;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine for tests: a sum and the indexes that went into it, with commands that misbehave on
 * demand.
 */
final class Tally implements StateMachine<Tally.Command, Tally.Sum, Tally.State> {

  private State state = new State(0, List.of());

  @Override
  public Sum apply(Command command, Context context) {
    if (command instanceof Add add) {
      var indexes = new ArrayList<>(state.indexes());
      indexes.add(context.index());
      state = new State(state.sum() + add.amount(), List.copyOf(indexes));
      return new Sum(state.sum());
    } else if (command instanceof Refuse refuse) {
      throw new IllegalStateException(refuse.text());
    } else if (command instanceof Violate violate) {
      throw new InvariantViolation(violate.text());
    } else if (command instanceof Silence) {
      return null;
    }
    throw new IllegalArgumentException("not a command: " + command);
  }

  @Override
  public Sum query(Command query) {
    if (query instanceof Get) {
      return new Sum(state.sum());
    }
    throw new IllegalArgumentException("not a query: " + query);
  }

  @Override
  public State snapshot() {
    return state;
  }

  @Override
  public void restore(State state) {
    this.state = state;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Add.class, name = "add"),
    @JsonSubTypes.Type(value = Refuse.class, name = "refuse"),
    @JsonSubTypes.Type(value = Violate.class, name = "violate"),
    @JsonSubTypes.Type(value = Silence.class, name = "silence"),
    @JsonSubTypes.Type(value = Get.class, name = "get")
  })
  sealed interface Command extends Kept {}

  record Add(long amount) implements Command {}

  record Refuse(String text) implements Command {}

  record Violate(String text) implements Command {}

  record Silence() implements Command {}

  record Get() implements Command {}

  record Sum(long value) implements Kept {}

  record State(long sum, List<Long> indexes) implements Kept {}
}
