package dev.synod.testkit.invariant;

import dev.synod.core.StoreId;
import dev.synod.testkit.invariant.Change.Configured;
import java.util.Optional;

/**
 * Who is let in to vote has all that is committed: else the group could commit nothing until it has
 * (thesis §4.2.1).
 */
public final class NewVotersKnow implements Invariant {

  @Override
  public String name() {
    return "new voters have caught up";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (!(change instanceof Configured made) || !group.configurations().isNew()) {
      return HOLDS;
    }
    var leader = group.replica(made.node());
    var before = group.configurations().newestOf(leader);
    return before.stream()
        .flatMap(
            configuration ->
                made.configuration().membership().voters().stream()
                    .filter(store -> !configuration.isVoter(store)))
        .flatMap(store -> lag(store, leader, group).stream())
        .findFirst();
  }

  /** A disk that was lost since it confirmed is not there to be asked. */
  private static Optional<String> lag(StoreId store, ReplicaView leader, GroupView group) {
    return group.replicas().stream()
        .filter(replica -> replica.store().equals(store.toString()))
        .filter(replica -> replica.forced() < leader.committed())
        .findFirst()
        .map(
            replica ->
                "%s lets %s vote, which has %d of %d that are committed"
                    .formatted(
                        leader.node(), replica.node(), replica.forced(), leader.committed()));
  }
}
