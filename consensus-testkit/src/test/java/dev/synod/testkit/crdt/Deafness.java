package dev.synod.testkit.crdt;

import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * Now and then one shard of one machine hears nothing of others for a while: then what has come of
 * one shard may follow what has not come of another.
 */
final class Deafness {

  private static final int GAP_MILLIS = 500;
  private static final int LASTING_MILLIS = 500;

  private final Engine engine;
  private final List<String> nodes;
  private final int shards;
  private final Draw draw;
  private final TreeMap<String, Long> deafUntil = new TreeMap<>();
  private boolean isStopped;

  Deafness(Engine engine, List<String> nodes, int shards) {
    this.engine = engine;
    this.nodes = nodes;
    this.shards = shards;
    this.draw = engine.chance("deafness");
  }

  void stop() {
    isStopped = true;
  }

  /** Waits, and makes one deaf. */
  void next() {
    engine.after(
        Duration.ofMillis(draw.nextLong(GAP_MILLIS)),
        () -> {
          if (!isStopped) {
            var lasting = Duration.ofMillis(draw.nextLong(LASTING_MILLIS));
            var node = nodes.get(draw.nextInt(nodes.size()));
            deafUntil.put(name(node, draw.nextInt(shards)), engine.nanoTime() + lasting.toNanos());
            next();
          }
        });
  }

  boolean isDeaf(String node, int shard) {
    return !isStopped && deafUntil.getOrDefault(name(node, shard), 0L) > engine.nanoTime();
  }

  private static String name(String node, int shard) {
    return node + " " + shard;
  }
}
