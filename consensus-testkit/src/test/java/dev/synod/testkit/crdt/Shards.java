package dev.synod.testkit.crdt;

import dev.synod.crdt.rules.Shard;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a machine's keys are divided.
 *
 * @param count into so many shards
 * @param isApart whether each has a disk of its own, if they are kept; else all have groups of one
 *     log
 */
record Shards(int count, boolean isApart) {

  static final Shards ONE = new Shards(1, false);

  private static final List<String> TOGETHER = List.of("set/a", "set/b", "set/c");

  /** One in each shard if there are three; if there are two, the last is alone in its shard. */
  private static final List<String> DIVIDED = List.of("set/a", "set/c", "set/w");

  /** The keys of sets. */
  List<String> keys() {
    return count == 1 ? TOGETHER : DIVIDED;
  }

  /** A key of a set in each shard that has no value. */
  List<String> freshKeys() {
    return IntStream.range(0, count)
        .mapToObj(
            shard ->
                IntStream.iterate(0, number -> number + 1)
                    .mapToObj(number -> "set/fresh-" + number)
                    .filter(key -> Shard.of(key, count) == shard)
                    .findFirst()
                    .orElseThrow())
        .toList();
  }
}
