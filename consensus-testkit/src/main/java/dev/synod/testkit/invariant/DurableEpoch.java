package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Confirmed;
import dev.synod.testkit.invariant.Change.Entered;
import dev.synod.testkit.invariant.Change.Leads;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Voted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A replica's epoch never goes down; what it said in one, it remembers after a crash (Raft Fig. 2).
 */
public final class DurableEpoch implements Invariant {

  private final Map<String, String> stores = new HashMap<>();
  private final Map<String, Long> promised = new HashMap<>();

  @Override
  public String name() {
    return "epoch monotonic and durable";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Started started) {
      boolean sameDisk = started.store().equals(stores.put(started.node(), started.store()));
      long least = sameDisk ? promised.getOrDefault(started.node(), 0L) : 0;
      promised.put(started.node(), started.epoch());
      return started.epoch() < least
          ? Optional.of(
              "%s took part in epoch %d and came back in epoch %d"
                  .formatted(started.node(), least, started.epoch()))
          : HOLDS;
    } else if (change instanceof Voted voted) {
      promised.merge(voted.node(), voted.epoch(), Math::max);
    } else if (change instanceof Confirmed confirmed) {
      promised.merge(confirmed.node(), confirmed.epoch(), Math::max);
    } else if (change instanceof Leads leads) {
      promised.merge(leads.node(), leads.epoch(), Math::max);
    } else if (change instanceof Entered entered
        && entered.epoch() < promised.getOrDefault(entered.node(), 0L)) {
      return Optional.of(
          "%s went back to epoch %d after %d"
              .formatted(entered.node(), entered.epoch(), promised.get(entered.node())));
    }
    return HOLDS;
  }
}
