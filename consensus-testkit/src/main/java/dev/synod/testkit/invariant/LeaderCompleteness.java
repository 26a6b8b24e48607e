package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Leads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry committed in some epoch is in the log of every leader of a later one (Raft Fig. 3,
 * §5.4).
 */
public final class LeaderCompleteness implements Invariant {

  private record Known(long epoch, long committedIn) {}

  private final List<Known> committed = new ArrayList<>();

  /** The first entry of the list follows this index: a restored group does not begin with 1. */
  private long start;

  @Override
  public String name() {
    return "leader completeness";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Committed moved) {
      learn(group.replica(moved.node()));
    } else if (change instanceof Leads leads) {
      return check(group.replica(leads.node()));
    }
    return HOLDS;
  }

  private void learn(ReplicaView replica) {
    if (committed.isEmpty()) {
      start = replica.base();
    }
    long upTo = Math.min(replica.committed(), replica.last());
    for (long index = start + committed.size() + 1L; index <= upTo; index++) {
      long epoch = index < replica.base() ? -1 : replica.epochAt(index);
      committed.add(new Known(epoch, replica.epoch()));
    }
  }

  private Optional<String> check(ReplicaView leader) {
    for (int i = committed.size() - 1; i >= 0; i--) {
      long index = start + i + 1L;
      var known = committed.get(i);
      if (index < leader.base()) {
        return HOLDS;
      }
      boolean concerns = known.epoch() >= 0 && known.committedIn() < leader.epoch();
      if (concerns && (index > leader.last() || leader.epochAt(index) != known.epoch())) {
        return Optional.of(
            "%s leads in epoch %d without entry %d of epoch %d, which was committed in epoch %d"
                .formatted(
                    leader.node(), leader.epoch(), index, known.epoch(), known.committedIn()));
      }
    }
    return HOLDS;
  }
}
