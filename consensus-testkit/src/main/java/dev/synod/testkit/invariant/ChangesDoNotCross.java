package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Decided;
import dev.synod.testkit.invariant.Change.MembersChanged;
import dev.synod.testkit.invariant.Change.MembersKept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of the members that is told done led from the configuration for which it was meant to
 * its goal, and no other change came between; one that is told refused was never made.
 */
public final class ChangesDoNotCross implements Invariant {

  private final List<MembersKept> refused = new ArrayList<>();

  @Override
  public String name() {
    return "changes of members do not cross";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof MembersChanged done) {
      return check(done, group.configurations().committed());
    } else if (change instanceof MembersKept kept) {
      refused.add(kept);
      return made(kept, group.configurations().committed());
    } else if ((change instanceof Committed || change instanceof Decided) && !refused.isEmpty()) {
      var committed = group.configurations().committed();
      var newest = committed.subList(Math.max(0, committed.size() - 2), committed.size());
      return refused.stream().flatMap(kept -> made(kept, newest).stream()).findFirst();
    }
    return HOLDS;
  }

  private static Optional<String> check(MembersChanged done, List<Configuration> committed) {
    var told = done.configuration();
    boolean isThere = committed.contains(told) && told.version() > done.expected();
    boolean isReached = !told.isChanging() && told.membership().equals(done.goal());
    boolean isAlone =
        committed.stream()
            .filter(one -> one.version() <= told.version() && one.version() >= done.expected())
            .allMatch(
                one -> (one.version() > done.expected()) == one.change().equals(told.change()));
    return isThere && isReached && isAlone
        ? HOLDS
        : Optional.of("%s, but committed were %s".formatted(done, committed));
  }

  /** Whether the change that begins after the configuration for which this was meant is this. */
  private static Optional<String> made(MembersKept kept, List<Configuration> committed) {
    for (int i = 1; i < committed.size(); i++) {
      var before = committed.get(i - 1);
      var one = committed.get(i);
      if (before.version() == kept.expected()
          && !before.change().equals(one.change())
          && one.goal().orElse(one.membership()).equals(kept.goal())) {
        return Optional.of(
            "%s was told that a change of configuration %d was refused (%s), but there is %s"
                .formatted(kept.node(), kept.expected(), kept.why(), one));
      }
    }
    return HOLDS;
  }
}
