package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Call;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.LongStream;

/** What random clients ask of each kind of object: few keys and values, so that they meet. */
final class Vocabularies {

  private static final List<String> BOOLEANS = List.of("true", "false");
  private static final List<String> DONE = List.of("");

  private Vocabularies() {}

  private record Words(BiFunction<Random, String, Call> calls, Function<Call, List<String>> answers)
      implements RandomHistories.Vocabulary {

    @Override
    public Call call(Random random, String client) {
      return calls.apply(random, client);
    }

    @Override
    public List<String> results(Call call) {
      return answers.apply(call);
    }
  }

  static RandomHistories.Vocabulary register() {
    return new Words(
        (random, client) -> {
          var key = random.nextInt(3) == 0 ? "y" : "x";
          return switch (random.nextInt(6)) {
            case 0, 1 -> Call.of("write", key, random.nextInt(3));
            case 2 -> Call.of("cas", key, random.nextInt(3), random.nextInt(3));
            case 3 -> Call.of("delete", key);
            default -> Call.of("read", key);
          };
        },
        call ->
            switch (call.name()) {
              case "read" -> List.of(Call.NIL, "0", "1", "2");
              case "cas" -> BOOLEANS;
              default -> DONE;
            });
  }

  static RandomHistories.Vocabulary counter(int sumMax) {
    return new Words(
        (random, client) ->
            random.nextInt(3) == 0
                ? Call.of("get", "c")
                : Call.of("add", "c", 1 + random.nextInt(2)),
        call -> LongStream.rangeClosed(0, sumMax).mapToObj(Long::toString).toList());
  }

  static RandomHistories.Vocabulary set() {
    return new Words(
        (random, client) ->
            switch (random.nextInt(5)) {
              case 0, 1 -> Call.of("add", "s", random.nextBoolean() ? "a" : "b");
              case 2 -> Call.of("remove", "s", random.nextBoolean() ? "a" : "b");
              case 3 -> Call.of("contains", "s", random.nextBoolean() ? "a" : "b");
              default -> Call.of("read", "s");
            },
        call -> call.name().equals("read") ? List.of("{}", "{a}", "{b}", "{a,b}") : BOOLEANS);
  }

  static RandomHistories.Vocabulary queue() {
    return new Words(
        (random, client) -> {
          var key = random.nextInt(3) == 0 ? "q" : "p";
          return random.nextBoolean()
              ? Call.of("enqueue", key, random.nextInt(3))
              : Call.of("dequeue", key);
        },
        call -> call.name().equals("enqueue") ? DONE : List.of(Call.NIL, "0", "1", "2"));
  }

  static RandomHistories.Vocabulary lock() {
    return new Words(
        (random, client) ->
            switch (random.nextInt(5)) {
              case 0 -> Call.of("expire", "l", random.nextBoolean() ? "c1" : "c2");
              case 1, 2 -> Call.of("release", "l", client);
              default -> Call.of("acquire", "l", client);
            },
        call ->
            call.name().equals("acquire")
                ? List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "false")
                : BOOLEANS);
  }

  /** Reads and writes of two registers, every written value another one. */
  static RandomHistories.Vocabulary differentValues() {
    var counts = new int[2];
    return new Words(
        (random, client) -> {
          int key = random.nextInt(2);
          return random.nextInt(5) < 2
              ? Call.of("write", key == 0 ? "x" : "y", ++counts[key])
              : Call.of("read", key == 0 ? "x" : "y");
        },
        call ->
            call.name().equals("write")
                ? DONE
                : LongStream.rangeClosed(0, counts[call.key().equals("x") ? 0 : 1])
                    .mapToObj(Long::toString)
                    .toList());
  }

  /** Puts, gets and compare-and-sets of so many keys, with ten values. */
  static RandomHistories.Vocabulary keyValue(int keys) {
    return new Words(
        (random, client) -> {
          var key = "k" + random.nextInt(keys);
          return switch (random.nextInt(4)) {
            case 0 -> Call.of("put", key, random.nextInt(10));
            case 1 -> Call.of("cas", key, random.nextInt(10), random.nextInt(10));
            default -> Call.of("get", key);
          };
        },
        call ->
            switch (call.name()) {
              case "get" -> List.of(Call.NIL, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
              case "cas" -> BOOLEANS;
              default -> DONE;
            });
  }
}
