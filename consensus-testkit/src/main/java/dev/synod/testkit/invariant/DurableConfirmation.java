package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Compacted;
import dev.synod.testkit.invariant.Change.Confirmed;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Truncated;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A replica that told a leader that it holds entries has them on its disk, and after a crash,
 * unless it removed them at a later leader's word: by an append, or by a snapshot that contradicts
 * them (Raft Fig. 2: durable before the answer; §7). A compaction keeps what follows it.
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
      return durable(told, group.replica(told.node()).forced());
    } else if (change instanceof Truncated truncated) {
      confirmed.computeIfPresent(
          truncated.node(), (node, index) -> Math.min(index, truncated.index() - 1));
    } else if (change instanceof Compacted compacted) {
      return kept(compacted, group.replica(compacted.node()).last());
    } else if (change instanceof Started started) {
      return recalled(started, group.replica(started.node()).last());
    }
    return HOLDS;
  }

  private static Optional<String> durable(Confirmed told, long forced) {
    return told.index() > forced
        ? Optional.of(
            "%s confirmed entries up to %d while %d is durable"
                .formatted(told.node(), told.index(), forced))
        : HOLDS;
  }

  private Optional<String> kept(Compacted compacted, long last) {
    confirmed.computeIfPresent(compacted.node(), (node, index) -> Math.min(index, last));
    return compacted.last() < last
        ? Optional.of(
            "%s compacted its log up to %d and kept the rest up to %d only, not %d"
                .formatted(compacted.node(), compacted.index(), compacted.last(), last))
        : HOLDS;
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
