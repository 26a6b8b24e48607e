package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Truncated;
import java.util.Optional;

/** A leader only appends: it never overwrites or deletes entries of its log (Raft Fig. 3, §5.3). */
public final class LeaderAppendOnly implements Invariant {

  @Override
  public String name() {
    return "leader append-only";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Truncated truncated && group.replica(truncated.node()).leads()) {
      return Optional.of(
          "%s leads in epoch %d and removed its entries from %d on"
              .formatted(
                  truncated.node(), group.replica(truncated.node()).epoch(), truncated.index()));
    }
    return HOLDS;
  }
}
