package dev.synod.raft.rules;

import dev.synod.core.StoreId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The progress of all other servers, in a fixed order; a value. */
public record Followers(List<Progress> all) {

  static Followers atElection(List<StoreId> others, long next) {
    return new Followers(others.stream().map(other -> Progress.atElection(other, next)).toList());
  }

  /** Those that belong to the group now; who is new begins as at an election. */
  Followers of(List<StoreId> others, long next) {
    return new Followers(
        others.stream()
            .map(other -> of(other).orElseGet(() -> Progress.atElection(other, next)))
            .toList());
  }

  public Optional<Progress> of(StoreId store) {
    for (Progress progress : all) {
      if (progress.store().equals(store)) {
        return Optional.of(progress);
      }
    }
    return Optional.empty();
  }

  Followers with(Progress changed) {
    var copy = all.toArray(new Progress[0]);
    for (int i = 0; i < copy.length; i++) {
      if (copy[i].store().equals(changed.store())) {
        copy[i] = changed;
      }
    }
    return new Followers(Arrays.asList(copy));
  }

  Followers map(UnaryOperator<Progress> change) {
    return new Followers(all.stream().map(change).toList());
  }

  /** Up to where all have the log that are sent entries as they come; the others don't count. */
  public long deliveredUpTo() {
    long delivered = Long.MAX_VALUE;
    for (Progress progress : all) {
      if (progress.mode() == Progress.Mode.REPLICATE) {
        delivered = Math.min(delivered, progress.match());
      }
    }
    return delivered;
  }

  long matchOf(StoreId store) {
    return of(store).map(Progress::match).orElse(0L);
  }
}
