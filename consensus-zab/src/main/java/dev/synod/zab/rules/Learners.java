package dev.synod.zab.rules;

import dev.synod.core.StoreId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** All servers but the leader, in a fixed order; a value. */
public record Learners(List<Learner> all) {

  static Learners of(Server server) {
    return new Learners(
        server.others().stream()
            .map(store -> Learner.unheard(store, server.isProposedTo(store)))
            .toList());
  }

  /** Those that belong to the group now; who is new has not been heard of. */
  Learners among(Server server) {
    return new Learners(
        server.others().stream()
            .map(
                store -> {
                  boolean isProposedTo = server.isProposedTo(store);
                  return of(store)
                      .map(known -> known.proposed(isProposedTo))
                      .orElseGet(() -> Learner.unheard(store, isProposedTo));
                })
            .toList());
  }

  public Optional<Learner> of(StoreId store) {
    for (Learner learner : all) {
      if (learner.store().equals(store)) {
        return Optional.of(learner);
      }
    }
    return Optional.empty();
  }

  Learners with(Learner changed) {
    var copy = all.toArray(new Learner[0]);
    for (int i = 0; i < copy.length; i++) {
      if (copy[i].store().equals(changed.store())) {
        copy[i] = changed;
      }
    }
    return new Learners(Arrays.asList(copy));
  }

  Learners map(UnaryOperator<Learner> change) {
    return new Learners(all.stream().map(change).toList());
  }

  boolean has(StoreId store, Predicate<Learner> property) {
    return of(store).filter(property).isPresent();
  }

  /** Up to where all have the history that follow; the others don't count. */
  public long deliveredUpTo() {
    long delivered = Long.MAX_VALUE;
    for (Learner learner : all) {
      if (learner.follows()) {
        delivered = Math.min(delivered, learner.match());
      }
    }
    return delivered;
  }
}
