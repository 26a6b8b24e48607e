package dev.synod.core;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * More than half of the groups, in each of which its own quorum agrees (Kumar, "Hierarchical Quorum
 * Consensus", 1991, §3): two quorums share a group, and in that a member. With three groups of
 * three, four members out of nine may decide.
 *
 * @param groups each a quorum of its own, one or more
 * @param members sorted, each once; who is in no group does not count
 */
public record Hierarchical(List<Quorum> groups, List<StoreId> members) implements Quorum {

  public Hierarchical {
    groups = List.copyOf(groups);
    members = members.stream().distinct().sorted().toList();
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("a hierarchy has one group or more");
    }
  }

  @Override
  public boolean counts(StoreId member) {
    return groups.stream().anyMatch(group -> group.counts(member));
  }

  @Override
  public boolean isMetBy(Predicate<StoreId> agrees) {
    return groups.stream().filter(group -> group.isMetBy(agrees)).count() * 2 > groups.size();
  }

  /** What more than half of the groups have agreed on, as of members in {@link Majority}. */
  @Override
  public long agreedValue(ToLongFunction<StoreId> reached) {
    long[] values = groups.stream().mapToLong(group -> group.agreedValue(reached)).toArray();
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }
}
