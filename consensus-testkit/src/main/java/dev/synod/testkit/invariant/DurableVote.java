package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Voted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A replica gives one vote in an epoch, and remembers it after a crash (Raft Fig. 2, §5.2). */
public final class DurableVote implements Invariant {

  private final Map<String, String> stores = new HashMap<>();
  private final Map<String, Voted> votes = new HashMap<>();

  @Override
  public String name() {
    return "one vote an epoch, durable";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Voted said) {
      var store = stores.getOrDefault(said.candidate(), said.candidate());
      var voted = new Voted(said.node(), said.epoch(), store);
      var before = votes.put(voted.node(), voted);
      boolean differs =
          before != null
              && before.epoch() == voted.epoch()
              && !before.candidate().equals(voted.candidate());
      return differs
          ? Optional.of(
              "%s voted for %s and for %s in epoch %d"
                  .formatted(voted.node(), before.candidate(), voted.candidate(), voted.epoch()))
          : HOLDS;
    } else if (change instanceof Started started) {
      return recalled(started);
    }
    return HOLDS;
  }

  private Optional<String> recalled(Started started) {
    if (!started.store().equals(stores.put(started.node(), started.store()))) {
      votes.remove(started.node());
    }
    var given = votes.get(started.node());
    if (given == null
        || given.epoch() != started.epoch()
        || given.candidate().equals(started.vote())) {
      return HOLDS;
    }
    return Optional.of(
        "%s voted for %s in epoch %d and came back with its vote for \"%s\""
            .formatted(started.node(), given.candidate(), given.epoch(), started.vote()));
  }
}
