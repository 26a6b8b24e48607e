package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Applied;
import dev.synod.testkit.invariant.Change.Refused;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A request that its client was told is certainly not taken, is never applied, before or after. */
public final class RejectedIsNotTaken implements Invariant {

  private final Set<String> refused = new HashSet<>();
  private final Set<String> applied = new HashSet<>();

  @Override
  public String name() {
    return "rejected is not taken";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Refused told) {
      refused.add(told.request());
      return applied.contains(told.request()) ? broken(told.request()) : HOLDS;
    } else if (change instanceof Applied done) {
      applied.add(done.request());
      return refused.contains(done.request()) ? broken(done.request()) : HOLDS;
    }
    return HOLDS;
  }

  private static Optional<String> broken(String request) {
    return Optional.of("%s was rejected and applied".formatted(request));
  }
}
