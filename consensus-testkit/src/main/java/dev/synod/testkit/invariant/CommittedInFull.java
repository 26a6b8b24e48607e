package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Configured;
import java.util.Collection;
import java.util.Optional;

/**
 * Witnesses are a minority of the voters, so what is committed is durable in full on a voter that
 * is none, of both halves while the membership is joint.
 */
public final class CommittedInFull implements Invariant {

  @Override
  public String name() {
    return "what is committed is somewhere in full";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Configured configured) {
      var membership = configured.configuration().membership();
      return isMinority(configured.configuration(), membership.voters())
              && isMinority(configured.configuration(), membership.outgoing())
          ? HOLDS
          : Optional.of("witnesses are no minority of " + membership);
    } else if (change instanceof Committed moved && group.replica(moved.node()).leads()) {
      return group
          .configurations()
          .newestOf(group.replica(moved.node()))
          .flatMap(configuration -> check(moved, configuration, group));
    }
    return HOLDS;
  }

  private static boolean isMinority(Configuration configuration, Collection<StoreId> voters) {
    long witnesses = voters.stream().filter(configuration::isWitness).count();
    return witnesses == 0 || witnesses * 2 < voters.size();
  }

  private static Optional<String> check(
      Committed moved, Configuration configuration, GroupView group) {
    var membership = configuration.membership();
    boolean holds =
        membership.witnesses().isEmpty()
            || (hasIt(moved.index(), membership.voters(), configuration, group)
                && (!membership.isJoint()
                    || hasIt(moved.index(), membership.outgoing(), configuration, group)));
    return holds
        ? HOLDS
        : Optional.of(
            "%s leads and commits %d, which only witnesses of %s have"
                .formatted(moved.node(), moved.index(), membership));
  }

  /** Of a disk that is off or gone nobody knows; the invariant of durable commits does. */
  private static boolean hasIt(
      long index, Collection<StoreId> voters, Configuration configuration, GroupView group) {
    return voters.stream()
        .filter(configuration::isFull)
        .anyMatch(
            store ->
                group.replicas().stream()
                    .filter(replica -> replica.store().equals(store.toString()))
                    .allMatch(replica -> replica.forced() >= index));
  }
}
