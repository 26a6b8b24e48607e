package dev.synod.testkit.cluster;

import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.history.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the clients of a simulated group ask for. The first letter of a key says what is done with
 * it and what is promised of it:
 *
 * <ul>
 *   <li>r: reads and writes; linearizable, and the guarantees of sessions
 *   <li>s: writes, and reads that wait for what their client knows; the guarantees of sessions
 *   <li>b: writes, and reads that may lag; by so much and no more
 *   <li>k: get, put, delete, compare-and-set; linearizable
 *   <li>c: add, get; linearizable
 * </ul>
 *
 * No value is written twice, so a read shows which write it saw.
 */
final class Calls {

  /** All keys. */
  static final List<String> KEYS =
      List.of("r1", "r2", "r3", "s1", "s2", "b1", "k1", "k2", "k3", "k4", "k5", "k6", "c1");

  private static final int WRITES_OF_TEN = 7;

  /**
   * Few, so that equal calls of unknown outcome are interchangeable; a sum tells how many of each.
   */
  private static final long[] ADDED = {1, 1000};

  private final Draw draw;
  private final Map<String, String> latest = new HashMap<>();

  Calls(Draw draw) {
    this.draw = draw;
  }

  static boolean isCounter(String key) {
    return key.charAt(0) == 'c';
  }

  static boolean isForSessions(String key) {
    return key.charAt(0) == 's';
  }

  static boolean mayLag(String key) {
    return key.charAt(0) == 'b';
  }

  /** Whether clients see their own writes, and never less than before. */
  static boolean keepsSessions(String key) {
    return isForSessions(key) || key.charAt(0) == 'r';
  }

  private static boolean isOnlyReadAndWritten(String key) {
    return keepsSessions(key) || mayLag(key);
  }

  /** Any call; {@code unique} is a value that was never written. */
  Call next(String unique) {
    return draw.nextLong(10) < WRITES_OF_TEN ? write(unique) : read(key());
  }

  /** A call that changes something. */
  Call write(String unique) {
    var key = key();
    if (isCounter(key)) {
      return Call.of("add", key, ADDED[(int) draw.nextLong(ADDED.length)]);
    } else if (isOnlyReadAndWritten(key)) {
      return Call.of("write", key, unique);
    }
    return switch ((int) draw.nextLong(5)) {
      case 0 -> Call.of("delete", key);
      case 1 -> Call.of("put", key, unique);
      default -> Call.of("cas", key, latest.getOrDefault(key, Call.NIL), unique);
    };
  }

  static Call read(String key) {
    return Call.of(isOnlyReadAndWritten(key) ? "read" : "get", key);
  }

  /** A call was answered: the next compare-and-set expects what is known now. */
  void answered(Call call, String result) {
    switch (call.name()) {
      case "get" -> latest.put(call.key(), result);
      case "put" -> latest.put(call.key(), call.argument(0));
      case "delete" -> latest.remove(call.key());
      case "cas" -> {
        if (result.equals("true")) {
          latest.put(call.key(), call.argument(1));
        }
      }
      default -> {} // of other calls no compare-and-set depends
    }
  }

  private String key() {
    return KEYS.get((int) draw.nextLong(KEYS.size()));
  }
}
