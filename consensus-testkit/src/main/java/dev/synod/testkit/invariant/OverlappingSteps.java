package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.Membership;
import dev.synod.core.StoreId;
import dev.synod.testkit.invariant.Change.Configured;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Configurations follow each other so that no two majorities can decide apart: by one voter at a
 * time, or through a joint membership (Raft §6); each by a leader that has committed the one before
 * and an entry of its own epoch (thesis §4.1 and its correction of 2015).
 */
public final class OverlappingSteps implements Invariant {

  private final boolean byOwnEntry;

  /** A leader must have committed an entry of its own first (thesis §4.1). */
  public OverlappingSteps() {
    this(true);
  }

  /**
   * With another rule for new leaders.
   *
   * @param byOwnEntry false where a quorum has the leader's epoch on its disks before it proposes
   *     anything (Zab §V-B, NEWLEADER): that keeps out whoever made another configuration before
   */
  public OverlappingSteps(boolean byOwnEntry) {
    this.byOwnEntry = byOwnEntry;
  }

  @Override
  public String name() {
    return "configurations follow one by one";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (!(change instanceof Configured made) || !group.configurations().isNew()) {
      return HOLDS;
    }
    var leader = group.replica(made.node());
    var before = group.configurations().newestOf(leader);
    if (before.isEmpty()) {
      return HOLDS;
    }
    long indexBefore = group.configurations().indexOfNewest(leader);
    return trouble(made, leader, before.get(), indexBefore)
        .map(
            trouble ->
                "%s made %s of %s in epoch %d at %d: %s"
                    .formatted(
                        made.node(),
                        made.configuration(),
                        before.get(),
                        made.epoch(),
                        made.index(),
                        trouble));
  }

  private Optional<String> trouble(
      Configured made, ReplicaView leader, Configuration before, long indexBefore) {
    long committed = leader.committed();
    if (committed < indexBefore) {
      return Optional.of("the one before is not committed, only " + committed + " is");
    }
    boolean hasOwn = committed >= leader.base() && leader.epochAt(committed) == made.epoch();
    if (byOwnEntry && !hasOwn) {
      return Optional.of("nothing of this epoch is committed yet, up to " + committed);
    }
    if (made.configuration().version() != before.version() + 1) {
      return Optional.of("versions rise by one");
    }
    if (before.isChanging()
        && !before.change().equals(made.configuration().change())
        && !givesWay(before, made.configuration())) {
      return Optional.of("another change is under way");
    }
    return overlap(before.membership(), made.configuration().membership())
        ? HOLDS
        : Optional.of("their majorities need not overlap");
  }

  /** A change that still waits for newcomers may be replaced by one that wants none of them. */
  private static boolean givesWay(Configuration before, Configuration next) {
    var learners = before.membership().learners();
    var awaited =
        before.goal().stream()
            .flatMap(goal -> goal.voters().stream())
            .filter(learners::contains)
            .toList();
    var wanted = next.goal().orElse(next.membership()).all();
    return !before.membership().isJoint()
        && !awaited.isEmpty()
        && awaited.stream().noneMatch(wanted::contains);
  }

  private static boolean overlap(Membership one, Membership next) {
    if (one.isJoint()) {
      return !next.isJoint() && next.voters().equals(one.voters());
    }
    return next.isJoint()
        ? next.outgoing().equals(one.voters())
        : differing(one.voters(), next.voters()) <= 1;
  }

  private static int differing(List<StoreId> one, List<StoreId> other) {
    var either = new HashSet<>(one);
    either.addAll(other);
    var both = new HashSet<>(one);
    both.retainAll(other);
    return either.size() - both.size();
  }
}
