package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Committed;
import java.util.Optional;

/**
 * A leader commits what is on a quorum's disks. If its own is late, a quorum needs two others,
 * whatever the configuration (Raft §5.3, thesis §10.2.1).
 */
public final class DurableCommit implements Invariant {

  @Override
  public String name() {
    return "what is committed is durable";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (!(change instanceof Committed moved) || !group.replica(moved.node()).leads()) {
      return HOLDS;
    }
    var leader = group.replica(moved.node());
    long others =
        group.replicas().stream()
            .filter(replica -> replica != leader && replica.forced() >= moved.index())
            .count();
    return leader.forced() < moved.index() && others < 2
        ? Optional.of(
            "%s leads and commits %d, of which %d is durable there, and all on %d others"
                .formatted(moved.node(), moved.index(), leader.forced(), others))
        : HOLDS;
  }
}
