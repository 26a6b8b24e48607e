package dev.synod.crdt.rules;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One shard of all keys; on each node it has a replica of its own. Which shard a key is in depends
 * on its tag alone: what is between the first <code>{</code> and the next <code>}</code>, if that
 * is anything, and else on the whole key (the hash tags of the Redis Cluster specification). So
 * keys with one tag are in one shard.
 *
 * @param number counted from 0
 * @param count how many there are, the same at all nodes
 */
public record Shard(int number, int count) {

  /** All keys. */
  public static final Shard ALL = new Shard(0, 1);

  /** More shards have more replicas of a node to be told of, and are none the faster. */
  public static final int COUNT_MAX = 256;

  public Shard {
    if (count < 1 || count > COUNT_MAX || number < 0 || number >= count) {
      throw new IllegalArgumentException(
          "there are 1 to %d shards, counted from 0, so no shard %d of %d"
              .formatted(COUNT_MAX, number, count));
    }
  }

  /** So many, by their numbers. */
  public static List<Shard> all(int count) {
    return IntStream.range(0, count).mapToObj(number -> new Shard(number, count)).toList();
  }

  /** Which of so many shards a key is in, counted from 0. */
  public static int of(String key, int count) {
    return count == 1 ? 0 : (int) (KeySpace.hash(tag(key)) & Integer.MAX_VALUE) % count;
  }

  private static String tag(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open);
    return close > open + 1 ? key.substring(open + 1, close) : key;
  }

  /** Whether the keys are divided at all. */
  boolean isOneOfMany() {
    return count > 1;
  }
}
