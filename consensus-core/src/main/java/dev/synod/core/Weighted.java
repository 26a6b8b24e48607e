package dev.synod.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * More than half of the weight (Gifford, "Weighted voting for replicated data", 1979).
 *
 * @param weights of each member, 0 or more, not all of them 0
 */
public record Weighted(Map<StoreId, Integer> weights) implements Quorum {

  public Weighted {
    weights = new TreeMap<>(weights);
    if (weights.values().stream().anyMatch(weight -> weight < 0)
        || weights.values().stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          "weights are 0 or more, and not all of them 0, but got " + weights);
    }
  }

  @Override
  public List<StoreId> members() {
    return List.copyOf(weights.keySet());
  }

  @Override
  public boolean counts(StoreId member) {
    return weights.getOrDefault(member, 0) > 0;
  }

  @Override
  public boolean isMetBy(Predicate<StoreId> agrees) {
    return isEnough(
        weights.keySet().stream()
            .filter(agrees)
            .mapToLong(one -> weights.getOrDefault(one, 0))
            .sum());
  }

  private boolean isEnough(long weight) {
    return weight * 2 > weights.values().stream().mapToLong(one -> one).sum();
  }

  @Override
  public long agreedValue(ToLongFunction<StoreId> reached) {
    var highestFirst = Comparator.comparingLong(reached).reversed();
    long weight = 0;
    for (StoreId member : members().stream().sorted(highestFirst).toList()) {
      weight += weights.getOrDefault(member, 0);
      if (isEnough(weight)) {
        return reached.applyAsLong(member);
      }
    }
    return 0;
  }
}
