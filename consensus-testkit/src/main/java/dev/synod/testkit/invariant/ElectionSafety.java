package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Leads;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** At most one leader is elected in an epoch (Raft Fig. 3, §5.2). */
public final class ElectionSafety implements Invariant {

  private final Map<Long, String> leaders = new HashMap<>();

  @Override
  public String name() {
    return "election safety";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Leads leads) {
      var other = leaders.putIfAbsent(leads.epoch(), leads.node());
      if (other != null && !other.equals(leads.node())) {
        return Optional.of(
            "%s and %s both lead in epoch %d".formatted(other, leads.node(), leads.epoch()));
      }
    }
    return HOLDS;
  }
}
