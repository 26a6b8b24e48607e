package dev.synod.testkit.history.model;

import dev.synod.testkit.history.Call;
import java.util.Optional;

/**
 * Counters from 0.
 *
 * <ul>
 *   <li>{@code add n}: the new value, or nothing if the client was not told; {@code n} may be
 *       negative
 *   <li>{@code get}: the value
 * </ul>
 */
public final class CounterModel implements Model<Long> {

  CounterModel() {}

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public Optional<Long> step(Long state, Call call, Optional<String> result) {
    return switch (call.name()) {
      case "get" -> Model.expecting(Long.toString(state), result, state);
      case "add" -> {
        long sum = state + call.number(0);
        yield Model.expectingOrDone(Long.toString(sum), result, sum);
      }
      default -> throw Model.noSuchCall(call);
    };
  }

  @Override
  public boolean isReadOnly(Call call, String result) {
    return call.name().equals("get");
  }

  @Override
  public String part(Call call) {
    return call.key();
  }
}
