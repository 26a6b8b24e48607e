package dev.synod.core;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * More than half of the members. No members at all decide nothing.
 *
 * @param members sorted, each once
 */
public record Majority(List<StoreId> members) implements Quorum {

  public Majority {
    members = members.stream().distinct().sorted().toList();
  }

  public static Majority of(Collection<StoreId> members) {
    return new Majority(List.copyOf(members));
  }

  /** How many members make a majority: n / 2 + 1. */
  public int size() {
    return members.size() / 2 + 1;
  }

  @Override
  public boolean isMetBy(Predicate<StoreId> agrees) {
    int agreeing = 0;
    for (StoreId member : members) {
      if (agrees.test(member)) {
        agreeing++;
      }
    }
    return agreeing >= size();
  }

  /**
   * The value at place (n - 1) / 2 of the ascending order; n / 2 would be one too high where n is
   * even.
   */
  @Override
  public long agreedValue(ToLongFunction<StoreId> reached) {
    int count = members.size();
    if (count == 0) {
      return 0;
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = reached.applyAsLong(members.get(i));
    }
    Arrays.sort(values);
    return values[(count - 1) / 2];
  }
}
