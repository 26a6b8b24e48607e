package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import java.util.Map;

/** What replicas of {@link ShardedWorld} say that they have, held against what they have. */
final class ShardWord {

  private final Replication[][] replicas;
  private final Map<Dot, ShardLine> lines;

  /**
   * @param replicas by nodes and shards
   * @param lines all that was ever said
   */
  ShardWord(Replication[][] replicas, Map<Dot, ShardLine> lines) {
    this.replicas = replicas;
    this.lines = lines;
  }

  /** Whether its value is there. */
  boolean isAt(int node, ShardLine line) {
    var replica = replicas[node][line.shard()];
    return replica.version(line.key()).contains(line.dot());
  }

  /** That node has all that follows what it has, and what it says of the others is so. */
  void isKept(int node) {
    for (int shard = 0; shard < replicas[node].length; shard++) {
      requireAcknowledged(node, shard);
      for (var line : lines.values()) {
        if (line.shard() == shard && replicas[node][shard].merged().contains(line.dot())) {
          requireAll(node, line);
        }
      }
    }
  }

  private void requireAcknowledged(int node, int shard) {
    var replica = replicas[node][shard];
    for (int other = 0; other < replicas.length; other++) {
      var there = replicas[other][shard];
      var progress = replica.outgoing().others().getOrDefault(there.self(), Progress.NONE);
      if (other != node && progress.acknowledged() > there.merged().get(replica.self())) {
        throw new AssertionError(
            "node %d is said to have %d changes of %s, and has not"
                .formatted(other, progress.acknowledged(), replica.self()));
      }
    }
  }

  private void requireAll(int node, ShardLine line) {
    for (var before : line.past()) {
      if (!isAt(node, before)) {
        throw new AssertionError(
            "node %d has %s of shard %d, and lacks %s of shard %d, which that follows"
                .formatted(node, line.dot(), line.shard(), before.dot(), before.shard()));
      }
    }
  }
}
