package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import java.util.HashSet;
import java.util.Set;

/** Somebody in {@link ShardedWorld}, who goes from node to node with what was seen. */
final class ShardSession {
  int node;
  CausalToken token = CausalToken.NONE;
  final Set<ShardLine> seen = new HashSet<>();
}
