package dev.synod.testkit.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a client asked for: the name of an operation, the key it is about, its arguments. Two calls
 * that are equal have the same effect, whoever makes them; where the caller matters, as for a lock,
 * it is an argument.
 *
 * @param key the object; empty if there is only one
 */
public record Call(String name, String key, List<String> arguments) {

  /** How "there is nothing" is written, as an argument or as a result. */
  public static final String NIL = "nil";

  public Call {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a call has a name");
    }
    arguments = List.copyOf(arguments);
  }

  /** A call whose arguments are written as {@link #text} writes them. */
  public static Call of(String name, String key, Object... arguments) {
    return new Call(name, key, Arrays.stream(arguments).map(Call::text).toList());
  }

  /** A value as it stands in a history: {@link #NIL} for an empty optional. */
  public static String text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Call::text).orElse(NIL)
        : value.toString();
  }

  /**
   * The argument at that place, from 0.
   *
   * @throws IllegalArgumentException if the call has fewer
   */
  public String argument(int place) {
    if (place >= arguments.size()) {
      throw new IllegalArgumentException(
          "\"" + this + "\" has " + arguments.size() + " arguments, not " + (place + 1));
    }
    return arguments.get(place);
  }

  /**
   * The argument at that place, as a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public long number(int place) {
    return Long.parseLong(argument(place));
  }

  @Override
  public String toString() {
    return HistoryText.of(this);
  }
}
