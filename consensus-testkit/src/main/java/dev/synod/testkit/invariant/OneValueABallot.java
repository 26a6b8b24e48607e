package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Ballot;
import dev.synod.testkit.invariant.Change.VoteKept;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All who vote with the same ballot for a slot vote for the same value: no proposer uses a ballot
 * twice, and no two use the same (Lamport 2001, §2.2).
 */
public final class OneValueABallot implements Invariant {

  private record Place(long slot, Ballot ballot) {}

  private final Map<Place, VoteKept> first = new HashMap<>();

  @Override
  public String name() {
    return "one value a ballot";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof VoteKept vote) {
      var before = first.putIfAbsent(new Place(vote.slot(), vote.ballot()), vote);
      if (before != null && before.value() != vote.value()) {
        return Optional.of(
            "for slot %d there are two values with ballot %s, on %s and on %s"
                .formatted(vote.slot(), vote.ballot(), before.node(), vote.node()));
      }
    }
    return HOLDS;
  }
}
