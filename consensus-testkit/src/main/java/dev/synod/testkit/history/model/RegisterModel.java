package dev.synod.testkit.history.model;

import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Operation;
import java.util.List;
import java.util.Optional;

/**
 * Registers, or a map with compare-and-set: one value for each key.
 *
 * <ul>
 *   <li>{@code read} or {@code get}: the value
 *   <li>{@code write v} or {@code put v}: nothing
 *   <li>{@code cas old new}: {@code true}, or {@code false} if the value is not {@code old}
 *   <li>{@code delete}: nothing; the value is {@link Call#NIL} then
 * </ul>
 *
 * @param initial what a register holds at first
 */
public record RegisterModel(String initial) implements Model<String> {

  @Override
  public Optional<String> step(String state, Call call, Optional<String> result) {
    return switch (call.name()) {
      case "read", "get" -> Model.expecting(state, result, state);
      case "write", "put" -> Model.expecting("", result, call.argument(0));
      case "delete" -> Model.expecting("", result, Call.NIL);
      case "cas" ->
          call.argument(0).equals(state)
              ? Model.expecting("true", result, call.argument(1))
              : Model.expecting("false", result, state);
      default -> throw Model.noSuchCall(call);
    };
  }

  @Override
  public boolean isReadOnly(Call call, String result) {
    return isRead(call) || (call.name().equals("cas") && result.equals("false"));
  }

  /** A write of a value that was never read; a failed compare-and-set may have seen any. */
  @Override
  public boolean isUnseen(Call call, List<Operation> all) {
    return isWrite(call)
        && all.stream()
            .noneMatch(
                other ->
                    other.call().name().equals("cas")
                        || other.result().filter(call.argument(0)::equals).isPresent());
  }

  @Override
  public String part(Call call) {
    return call.key();
  }

  /** Whether a call only returns the value. */
  public static boolean isRead(Call call) {
    return call.name().equals("read") || call.name().equals("get");
  }

  /** Whether a call only sets the value, to its first argument. */
  public static boolean isWrite(Call call) {
    return call.name().equals("write") || call.name().equals("put");
  }
}
