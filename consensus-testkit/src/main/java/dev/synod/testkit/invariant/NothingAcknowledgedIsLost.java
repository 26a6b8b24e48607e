package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Acknowledged;
import dev.synod.testkit.invariant.Change.Applied;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client was told is done, was applied at the index that it was told (Raft §8). That every
 * replica applies it there is state machine safety.
 */
public final class NothingAcknowledgedIsLost implements Invariant {

  private final Map<Long, String> applied = new HashMap<>();

  @Override
  public String name() {
    return "nothing acknowledged is lost";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Applied done) {
      applied.putIfAbsent(done.index(), done.request());
    } else if (change instanceof Acknowledged told
        && !told.request().equals(applied.get(told.index()))) {
      return Optional.of(
          "%s was told that %s was applied at %d, but there is %s"
              .formatted(told.node(), told.request(), told.index(), applied.get(told.index())));
    }
    return HOLDS;
  }
}
