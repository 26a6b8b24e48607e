package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Applied;
import java.util.Optional;

/** A replica applies only what it knows to be committed (Raft Fig. 2, §5.3). */
public final class AppliesCommitted implements Invariant {

  @Override
  public String name() {
    return "only what is committed is applied";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Applied applied
        && applied.index() > group.replica(applied.node()).committed()) {
      return Optional.of(
          "%s applied %d, and knows as committed only up to %d"
              .formatted(
                  applied.node(), applied.index(), group.replica(applied.node()).committed()));
    }
    return HOLDS;
  }
}
