package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.testkit.invariant.Change.Based;
import java.util.Optional;

/** A snapshot says who belonged to the group at its place (Raft §7). */
public final class SnapshotNamesMembers implements Invariant {

  @Override
  public String name() {
    return "a snapshot names the members of its place";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    return change instanceof Based based
        ? group.configurations().at(based.index()).flatMap(known -> check(based, known))
        : HOLDS;
  }

  private static Optional<String> check(Based based, Configuration known) {
    return known.equals(based.configuration())
        ? HOLDS
        : Optional.of(
            "the snapshot of %d on %s names %s, but there were %s"
                .formatted(based.index(), based.node(), based.configuration(), known));
  }
}
