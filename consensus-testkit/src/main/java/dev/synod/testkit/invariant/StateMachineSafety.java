package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Applied;
import dev.synod.testkit.invariant.Change.Restored;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * No two replicas apply different commands at the same index (Raft Fig. 3, §5.4.3), and the state
 * after an index is the same everywhere, be it reached by commands or from a snapshot (§7).
 */
public final class StateMachineSafety implements Invariant {

  private record State(long digest, String by) {}

  private final Map<Long, State> states = new HashMap<>();

  @Override
  public String name() {
    return "state machine safety";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Applied applied) {
      return check(applied.index(), applied.digest(), applied.node());
    } else if (change instanceof Restored restored) {
      return check(restored.index(), restored.digest(), restored.node());
    }
    return HOLDS;
  }

  private Optional<String> check(long index, long digest, String node) {
    var known = states.putIfAbsent(index, new State(digest, node));
    return known == null || known.digest() == digest
        ? HOLDS
        : Optional.of(
            "after index %d the state of %s differs from that of %s"
                .formatted(index, node, known.by()));
  }
}
