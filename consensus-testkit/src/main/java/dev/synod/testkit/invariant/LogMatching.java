package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Appended;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * If two logs have an entry of the same index and epoch, they are equal up to that entry (Raft Fig.
 * 3, §5.3). By induction: an index and an epoch decide the entry and the epoch of the one before.
 * Of a witness's entries only the place can be compared.
 */
public final class LogMatching implements Invariant {

  private record Place(long index, long epoch) {}

  private record Written(long digest, long epochBefore, String by) {}

  private final Map<Place, Written> entries = new HashMap<>();

  @Override
  public String name() {
    return "log matching";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (!(change instanceof Appended appended)) {
      return HOLDS;
    }
    var replica = group.replica(appended.node());
    long before = replica.epochAt(appended.index() - 1);
    var written = new Written(appended.digest(), before, appended.node());
    var known = entries.merge(new Place(appended.index(), appended.epoch()), written, this::fuller);
    if (known.epochBefore() == before
        && (appended.isWitnessed() || known.digest() == written.digest())) {
      return HOLDS;
    }
    return Optional.of(
        ("entry %d of epoch %d is not the same on %s and %s,"
                + " or follows one of epoch %d here, %d there")
            .formatted(
                appended.index(),
                appended.epoch(),
                known.by(),
                appended.node(),
                known.epochBefore(),
                before));
  }

  private Written fuller(Written one, Written other) {
    return one.digest() == Appended.WITNESSED ? other : one;
  }
}
