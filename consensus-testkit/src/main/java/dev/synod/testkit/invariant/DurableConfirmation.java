package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Compacted;
import dev.synod.testkit.invariant.Change.Confirmed;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Truncated;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A replica that told a leader that it holds entries has them after a crash, unless it removed them
 * at a later leader's word: by an append, or by a snapshot that contradicts them (Raft Fig. 2:
 * durable before the answer; §7).
 */
public final class DurableConfirmation implements Invariant {

  private final Map<String, String> stores = new HashMap<>();
  private final Map<String, Long> confirmed = new HashMap<>();

  @Override
  public String name() {
    return "confirmed entries are durable";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Confirmed told) {
      confirmed.merge(told.node(), told.index(), Math::max);
    } else if (change instanceof Truncated truncated) {
      confirmed.computeIfPresent(
          truncated.node(), (node, index) -> Math.min(index, truncated.index() - 1));
    } else if (change instanceof Compacted compacted) {
      long last = group.replica(compacted.node()).last();
      confirmed.computeIfPresent(compacted.node(), (node, index) -> Math.min(index, last));
    } else if (change instanceof Started started) {
      return recalled(started, group.replica(started.node()).last());
    }
    return HOLDS;
  }

  private Optional<String> recalled(Started started, long last) {
    if (!started.store().equals(stores.put(started.node(), started.store()))) {
      confirmed.remove(started.node());
    }
    long least = confirmed.getOrDefault(started.node(), 0L);
    return last < least
        ? Optional.of(
            "%s confirmed entries up to %d and came back with %d"
                .formatted(started.node(), least, last))
        : HOLDS;
  }
}
