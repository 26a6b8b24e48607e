package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Compacted;
import dev.synod.testkit.invariant.Change.Snapshotted;
import dev.synod.testkit.invariant.Change.Started;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A log forgets only what a durable snapshot of its own disk covers, and only what is committed
 * (Raft §7).
 */
public final class CoveredCompaction implements Invariant {

  private final Map<String, String> stores = new HashMap<>();
  private final Map<String, Long> snapshots = new HashMap<>();
  private long committed;

  @Override
  public String name() {
    return "compaction is covered by a snapshot";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Started started) {
      if (!started.store().equals(stores.put(started.node(), started.store()))) {
        snapshots.remove(started.node());
      }
    } else if (change instanceof Snapshotted taken) {
      snapshots.merge(taken.node(), taken.index(), Math::max);
    } else if (change instanceof Committed moved) {
      committed = Math.max(committed, moved.index());
    } else if (change instanceof Compacted compacted) {
      return check(compacted);
    }
    return HOLDS;
  }

  private Optional<String> check(Compacted compacted) {
    long covered = snapshots.getOrDefault(compacted.node(), 0L);
    boolean beginsThere = compacted.epoch() == 0; // a group that is founded from a backup
    return compacted.index() > covered || (compacted.index() > committed && !beginsThere)
        ? Optional.of(
            "%s compacted its log up to %d, but its newest snapshot is of %d, and %d is committed"
                .formatted(compacted.node(), compacted.index(), covered, committed))
        : HOLDS;
  }
}
