package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.ladder.LadderFamily;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All families of a ladder; a key belongs to the one with the longest prefix that it has.
 *
 * @param longestFirst by the length of their prefixes
 */
public record LadderFamilies(List<LadderFamily<?, ?>> longestFirst) {

  public LadderFamilies {
    longestFirst =
        longestFirst.stream()
            .sorted(
                Comparator.<LadderFamily<?, ?>>comparingInt(
                        family -> family.values().prefix().length())
                    .reversed())
            .toList();
  }

  /** The family of that key. */
  public Optional<LadderFamily<?, ?>> of(String key) {
    for (var family : longestFirst) {
      if (key.startsWith(family.values().prefix())) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }
}
