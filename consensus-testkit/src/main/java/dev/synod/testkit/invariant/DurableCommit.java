package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Stopped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A leader commits what is on the disks of a majority of the voters, by the newest configuration in
 * its log; while that is joint, of both majorities. It counts itself only if it votes (Raft §5.3,
 * §6; thesis §10.2.1).
 */
public final class DurableCommit implements Invariant {

  /** What disks had that may have been replaced since: it was said to be durable, and was. */
  private final Map<String, Long> gone = new HashMap<>();

  private final BiPredicate<Configuration, Predicate<StoreId>> agree;

  /** Where more than half of the voters decide. */
  public DurableCommit() {
    this((configuration, agrees) -> Configurations.agree(configuration.membership(), agrees));
  }

  /**
   * Where votes count otherwise.
   *
   * @param agree whether those that agree may decide by that configuration
   */
  public DurableCommit(BiPredicate<Configuration, Predicate<StoreId>> agree) {
    this.agree = agree;
  }

  @Override
  public String name() {
    return "what is committed is durable";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Stopped stopped) {
      var replica = group.replica(stopped.node());
      gone.put(replica.store(), replica.forced());
    } else if (change instanceof Committed moved && group.replica(moved.node()).leads()) {
      var newest = group.configurations().newestOf(group.replica(moved.node()));
      return newest.flatMap(configuration -> check(moved, configuration, group));
    }
    return HOLDS;
  }

  private Optional<String> check(Committed moved, Configuration configuration, GroupView group) {
    var membership = configuration.membership();
    return agree.test(configuration, store -> forced(store, group) >= moved.index())
        ? HOLDS
        : Optional.of(
            "%s leads and commits %d by %s, of which is durable: %s"
                .formatted(
                    moved.node(),
                    moved.index(),
                    membership,
                    configuration.members().stream()
                        .map(member -> member.node().name() + " " + forced(member.store(), group))
                        .collect(Collectors.joining(", "))));
  }

  private long forced(StoreId store, GroupView group) {
    return group.replicas().stream()
        .filter(replica -> replica.store().equals(store.toString()))
        .findFirst()
        .map(ReplicaView::forced)
        .orElseGet(() -> gone.getOrDefault(store.toString(), 0L));
  }
}
