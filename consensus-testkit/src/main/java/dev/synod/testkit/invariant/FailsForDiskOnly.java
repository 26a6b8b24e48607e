package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Failed;
import java.util.Optional;

/**
 * Replicas check always what cannot be, and stop at it; so it must never happen, and a replica
 * whose disk is well never gives up.
 */
public final class FailsForDiskOnly implements Invariant {

  @Override
  public String name() {
    return "a replica fails for its disk only";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    return change instanceof Failed failed
        ? Optional.of("%s: %s".formatted(failed.node(), failed.why()))
        : HOLDS;
  }
}
