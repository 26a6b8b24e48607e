package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import java.util.Set;

/** A change in {@link ShardedWorld}, and all that whoever made it had seen. */
record ShardLine(int shard, String key, Dot dot, Set<ShardLine> past) {

  @Override
  public int hashCode() {
    return dot.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardLine line && line.dot.equals(dot);
  }
}
