package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.testkit.invariant.Change.Confirmed;
import dev.synod.testkit.invariant.Change.GoesBy;
import dev.synod.testkit.invariant.Change.Leads;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Voted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A replica goes by the newest configuration in its log, committed or not; where that is truncated,
 * by the one before; after a snapshot or a restart, by what these left (Raft §6, §7).
 */
public final class NewestCounts implements Invariant {

  private final Map<String, Configuration> believed = new HashMap<>();

  @Override
  public String name() {
    return "the newest configuration counts";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Started) {
      believed.remove(change.node());
    } else if (change instanceof GoesBy goesBy) {
      believed.put(goesBy.node(), goesBy.configuration());
    } else if (change instanceof Leads || change instanceof Voted || change instanceof Confirmed) {
      var newest = group.configurations().newestOf(group.replica(change.node()));
      return newest.flatMap(configuration -> check(change.node(), configuration));
    }
    return HOLDS;
  }

  private Optional<String> check(String node, Configuration newest) {
    var goesBy = believed.get(node);
    return goesBy == null || goesBy.equals(newest)
        ? HOLDS
        : Optional.of("%s goes by %s, but its log says %s".formatted(node, goesBy, newest));
  }
}
