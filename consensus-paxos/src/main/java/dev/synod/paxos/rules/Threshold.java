package dev.synod.paxos.rules;

import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Any so many of the members.
 *
 * @param members sorted, each once
 */
public record Threshold(List<StoreId> members, int size) implements Quorum {

  public Threshold {
    members = members.stream().distinct().sorted().toList();
    if (size < 1 || size > members.size()) {
      throw new IllegalArgumentException(
          "a quorum of %d of %d members: it must be from 1 to %d"
              .formatted(size, members.size(), members.size()));
    }
  }

  @Override
  public boolean isMetBy(Predicate<StoreId> agrees) {
    return members.stream().filter(agrees).count() >= size;
  }

  @Override
  public long agreedValue(ToLongFunction<StoreId> reached) {
    return members.stream()
        .mapToLong(reached)
        .sorted()
        .skip(members.size() - size)
        .findFirst()
        .orElse(0);
  }
}
