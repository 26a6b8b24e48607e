package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Snapshotted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots of the same place are equally long on all replicas, whether their state was reached by
 * commands or from a snapshot: the state machine, sessions with their replies, configuration (Raft
 * §7, thesis §6.3). Those of witnesses hold none of these.
 */
public final class SnapshotsAgree implements Invariant {

  private record Taken(long bytes, String by) {}

  private final Map<Long, Taken> known = new HashMap<>();

  @Override
  public String name() {
    return "snapshot equals replay";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (!(change instanceof Snapshotted taken)
        || taken.bytes() == 0
        || group.isWitness(group.replica(taken.node()))) {
      return HOLDS;
    }
    var other = known.putIfAbsent(taken.index(), new Taken(taken.bytes(), taken.node()));
    return other == null || other.bytes() == taken.bytes()
        ? HOLDS
        : Optional.of(
            "the snapshot of %d takes %d bytes on %s and %d on %s"
                .formatted(taken.index(), taken.bytes(), taken.node(), other.bytes(), other.by()));
  }
}
