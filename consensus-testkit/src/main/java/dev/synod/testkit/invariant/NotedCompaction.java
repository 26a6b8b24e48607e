package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.CompactionKept;
import dev.synod.testkit.invariant.Change.SlotForgotten;
import dev.synod.testkit.invariant.Change.Started;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Before an acceptor's log loses what it says of a slot, its disk has it that slots up to there may
 * be gone: else it could come up with an older snapshot, and act as if it had never voted in them
 * (ADR 22).
 */
public final class NotedCompaction implements Invariant {

  private final Map<String, String> stores = new HashMap<>();
  private final Map<String, Long> kept = new HashMap<>();

  @Override
  public String name() {
    return "what a log loses is written down first";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Started started) {
      if (!started.store().equals(stores.put(started.node(), started.store()))) {
        kept.remove(started.node());
      }
    } else if (change instanceof CompactionKept mark) {
      var before = kept.put(mark.node(), mark.slot());
      return before == null || before <= mark.slot()
          ? HOLDS
          : Optional.of(
              "%s knew that slots up to %d may be gone, and has it that only those up to %d may be"
                  .formatted(mark.node(), before, mark.slot()));
    } else if (change instanceof SlotForgotten lost) {
      long known = kept.getOrDefault(lost.node(), 0L);
      return lost.slot() <= known
          ? HOLDS
          : Optional.of(
              "%s loses what it has of slot %d, and its disk says that only slots up to %d may be"
                      .formatted(lost.node(), lost.slot(), known)
                  + " gone");
    }
    return HOLDS;
  }
}
