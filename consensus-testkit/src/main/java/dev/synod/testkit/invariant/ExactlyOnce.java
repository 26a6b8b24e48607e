package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Applied;
import java.util.Optional;

/** A request is applied at one index, however often its client sends it (thesis §6.3). */
public final class ExactlyOnce implements Invariant {

  @Override
  public String name() {
    return "exactly once";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Applied applied) {
      long place = group.placeOf(applied.request()).orElse(applied.index());
      if (place != applied.index()) {
        return Optional.of(
            "%s was applied at %d and at %d, on %s"
                .formatted(applied.request(), place, applied.index(), applied.node()));
      }
    }
    return HOLDS;
  }
}
