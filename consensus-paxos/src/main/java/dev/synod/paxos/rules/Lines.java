package dev.synod.paxos.rules;

import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * All members of any one line. Each row of a grid shares a member with each of its columns, so rows
 * may promise where columns accept (Howard, Malkhi, Spiegelman, "Flexible Paxos", 2016, §5).
 *
 * @param lines none of them empty
 */
public record Lines(List<List<StoreId>> lines) implements Quorum {

  public Lines {
    lines = lines.stream().map(List::copyOf).toList();
    if (lines.isEmpty() || lines.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("each line of a grid has a member, but got " + lines);
    }
  }

  @Override
  public List<StoreId> members() {
    return lines.stream().flatMap(List::stream).distinct().sorted().toList();
  }

  @Override
  public boolean isMetBy(Predicate<StoreId> agrees) {
    return lines.stream().anyMatch(line -> line.stream().allMatch(agrees));
  }

  @Override
  public long agreedValue(ToLongFunction<StoreId> reached) {
    return lines.stream()
        .mapToLong(line -> line.stream().mapToLong(reached).min().orElse(0))
        .max()
        .orElse(0);
  }
}
