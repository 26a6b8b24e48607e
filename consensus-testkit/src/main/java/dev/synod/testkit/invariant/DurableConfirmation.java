package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Compacted;
import dev.synod.testkit.invariant.Change.Confirmed;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Truncated;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A replica that told a leader that it holds entries has them on its disk, and after a crash,
 * unless it removed them at a later leader's word: by an append, or by a snapshot that contradicts
 * them (Raft Fig. 2: durable before the answer; §7). A compaction keeps what follows it. An answer
 * to an older leader that waited for the disk meanwhile is as good as one that was late on its way:
 * of what it speaks, only what no later leader has removed since is looked for.
 */
public final class DurableConfirmation implements Invariant {

  private final Map<String, String> stores = new HashMap<>();
  private final Map<String, Long> confirmed = new HashMap<>();

  /** By node and epoch: the lowest index that stayed when entries were removed in that epoch. */
  private final Map<String, TreeMap<Long, Long>> removals = new HashMap<>();

  @Override
  public String name() {
    return "confirmed entries are durable";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Confirmed told) {
      long stays = Math.min(told.index(), keptSince(told));
      confirmed.merge(told.node(), stays, Math::max);
      return durable(told, stays, group.replica(told.node()).forced());
    } else if (change instanceof Truncated truncated) {
      removals
          .computeIfAbsent(truncated.node(), node -> new TreeMap<>())
          .merge(group.replica(truncated.node()).epoch(), truncated.index() - 1, Math::min);
      confirmed.computeIfPresent(
          truncated.node(), (node, index) -> Math.min(index, truncated.index() - 1));
    } else if (change instanceof Compacted compacted) {
      return kept(compacted, group.replica(compacted.node()).last());
    } else if (change instanceof Started started) {
      return recalled(started, group.replica(started.node()).last());
    }
    return HOLDS;
  }

  private long keptSince(Confirmed told) {
    return removals
        .getOrDefault(told.node(), new TreeMap<>())
        .tailMap(told.epoch(), false)
        .values()
        .stream()
        .mapToLong(index -> index)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static Optional<String> durable(Confirmed told, long stays, long forced) {
    return stays > forced
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
      removals.remove(started.node());
    }
    long least = confirmed.getOrDefault(started.node(), 0L);
    return last < least
        ? Optional.of(
            "%s confirmed entries up to %d and came back with %d"
                .formatted(started.node(), least, last))
        : HOLDS;
  }
}
