package dev.synod.testkit.history.model;

import dev.synod.testkit.history.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * First-in-first-out queues, empty at first.
 *
 * <ul>
 *   <li>{@code enqueue v}: nothing
 *   <li>{@code dequeue}: the oldest value, which leaves the queue; {@link Call#NIL} if it is empty
 * </ul>
 */
public final class QueueModel implements Model<List<String>> {

  QueueModel() {}

  @Override
  public List<String> initial() {
    return List.of();
  }

  @Override
  public Optional<List<String>> step(List<String> state, Call call, Optional<String> result) {
    return switch (call.name()) {
      case "enqueue" -> {
        var after = new ArrayList<>(state);
        after.add(call.argument(0));
        yield Model.expecting("", result, List.copyOf(after));
      }
      case "dequeue" ->
          state.isEmpty()
              ? Model.expecting(Call.NIL, result, state)
              : Model.expecting(state.get(0), result, List.copyOf(state.subList(1, state.size())));
      default -> throw Model.noSuchCall(call);
    };
  }

  @Override
  public boolean isReadOnly(Call call, String result) {
    return call.name().equals("dequeue") && result.equals(Call.NIL);
  }

  @Override
  public String part(Call call) {
    return call.key();
  }
}
