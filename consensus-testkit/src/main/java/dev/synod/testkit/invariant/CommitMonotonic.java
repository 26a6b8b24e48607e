package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Started;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * While a replica runs, its commit index never goes down, and is never beyond its log (Raft Fig.
 * 2).
 */
public final class CommitMonotonic implements Invariant {

  private final boolean isWithinLog;
  private final Map<String, Long> committed = new HashMap<>();

  /** Of a protocol whose log holds what is committed. */
  public CommitMonotonic() {
    this(true);
  }

  /**
   * @param isWithinLog whether the log's end bounds it
   */
  public CommitMonotonic(boolean isWithinLog) {
    this.isWithinLog = isWithinLog;
  }

  @Override
  public String name() {
    return "commit index never regresses";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Started started) {
      committed.remove(started.node());
    } else if (change instanceof Committed moved) {
      long before = committed.getOrDefault(moved.node(), 0L);
      committed.put(moved.node(), moved.index());
      long last = group.replica(moved.node()).last();
      if (moved.index() < before || (isWithinLog && moved.index() > last)) {
        return Optional.of(
            "%s had committed up to %d and now up to %d, its log ends at %d"
                .formatted(moved.node(), before, moved.index(), last));
      }
    }
    return HOLDS;
  }
}
