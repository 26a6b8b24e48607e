package dev.synod.core;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Two quorums at once, while a group moves from one configuration to another: agreement needs both
 * (Raft §6), so neither can decide without the other.
 */
public record JointQuorum(Quorum incoming, Quorum outgoing) implements Quorum {

  @Override
  public List<StoreId> members() {
    return Stream.concat(incoming.members().stream(), outgoing.members().stream())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public boolean counts(StoreId member) {
    return incoming.counts(member) || outgoing.counts(member);
  }

  @Override
  public boolean isMetBy(Predicate<StoreId> agrees) {
    return incoming.isMetBy(agrees) && outgoing.isMetBy(agrees);
  }

  /** The lower of what the two have agreed on. */
  @Override
  public long agreedValue(ToLongFunction<StoreId> reached) {
    return Math.min(incoming.agreedValue(reached), outgoing.agreedValue(reached));
  }
}
