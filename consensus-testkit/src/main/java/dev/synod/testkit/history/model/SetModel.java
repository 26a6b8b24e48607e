package dev.synod.testkit.history.model;

import dev.synod.testkit.history.Call;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets, empty at first.
 *
 * <ul>
 *   <li>{@code add v}: {@code true}, or {@code false} if it was there; or nothing if the client was
 *       not told
 *   <li>{@code remove v}: {@code true}, or {@code false} if it was not there; or nothing
 *   <li>{@code contains v}: {@code true} or {@code false}
 *   <li>{@code read}: the members in the order of their text, in the form {@code {a,b}}
 * </ul>
 */
public final class SetModel implements Model<Set<String>> {

  SetModel() {}

  @Override
  public Set<String> initial() {
    return Set.of();
  }

  @Override
  public Optional<Set<String>> step(Set<String> state, Call call, Optional<String> result) {
    return switch (call.name()) {
      case "add" -> changed(state, true, call.argument(0), result);
      case "remove" -> changed(state, false, call.argument(0), result);
      case "contains" ->
          Model.expecting(String.valueOf(state.contains(call.argument(0))), result, state);
      case "read" ->
          Model.expecting("{" + String.join(",", new TreeSet<>(state)) + "}", result, state);
      default -> throw Model.noSuchCall(call);
    };
  }

  private static Optional<Set<String>> changed(
      Set<String> state, boolean member, String value, Optional<String> result) {
    var after = new TreeSet<>(state);
    boolean isChange = member ? after.add(value) : after.remove(value);
    return Model.expectingOrDone(String.valueOf(isChange), result, isChange ? after : state);
  }

  @Override
  public boolean isReadOnly(Call call, String result) {
    return switch (call.name()) {
      case "contains", "read" -> true;
      default -> result.equals("false");
    };
  }

  @Override
  public String part(Call call) {
    return call.key();
  }
}
