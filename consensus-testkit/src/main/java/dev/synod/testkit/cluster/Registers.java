package dev.synod.testkit.cluster;

import dev.synod.testkit.history.Call;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Named registers, with compare-and-set and addition. Answers as {@link
 * dev.synod.testkit.history.model.RegisterModel} and {@link
 * dev.synod.testkit.history.model.CounterModel} say; that these were written independently is what
 * makes the check one.
 */
final class Registers {

  private static final String NUMBER_AT_FIRST = "0";

  private final Map<String, String> values = new TreeMap<>();

  /** What a call answers; a call that only reads leaves all as it is. */
  String apply(Call call) {
    var value = values.getOrDefault(call.key(), Call.NIL);
    return switch (call.name()) {
      case "get", "read" -> value.equals(Call.NIL) ? initial(call.key()) : value;
      case "put", "write" -> put(call.key(), call.argument(0), "");
      case "delete" -> {
        values.remove(call.key());
        yield "";
      }
      case "cas" ->
          value.equals(call.argument(0)) ? put(call.key(), call.argument(1), "true") : "false";
      case "add" -> {
        var number = value.equals(Call.NIL) ? NUMBER_AT_FIRST : value;
        var sum = Long.toString(Long.parseLong(number) + call.number(0));
        yield put(call.key(), sum, sum);
      }
      default -> throw new IllegalArgumentException("no such call: " + call);
    };
  }

  private String put(String key, String value, String result) {
    values.put(key, value);
    return result;
  }

  private static String initial(String key) {
    return Calls.isCounter(key) ? NUMBER_AT_FIRST : Call.NIL;
  }

  /** All of them, in a fixed order. */
  String toText() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /** Reads what {@link #toText} writes. */
  static Registers parse(String text) {
    var registers = new Registers();
    if (!text.isEmpty()) {
      for (String entry : text.split(" ", -1)) {
        int equals = entry.indexOf('=');
        registers.values.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return registers;
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Registers registers && registers.values.equals(values);
  }
}
