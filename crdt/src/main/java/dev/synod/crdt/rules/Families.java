package dev.synod.crdt.rules;

import dev.synod.crdt.lattice.Lattice;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All families; a key belongs to the one with the longest prefix that it has.
 *
 * @param longestFirst by the length of their prefixes
 */
public record Families(List<Family<?>> longestFirst) {

  public Families {
    longestFirst =
        longestFirst.stream()
            .sorted(
                Comparator.<Family<?>>comparingInt(family -> family.prefix().length()).reversed())
            .toList();
  }

  Optional<Family<?>> of(String key) {
    for (var family : longestFirst) {
      if (key.startsWith(family.prefix())) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  /**
   * The key's entry there, or a first one.
   *
   * @throws IllegalArgumentException if the key is not of that family
   */
  @SuppressWarnings("unchecked") // a key's entry is of its family
  <T extends Lattice<T>> Entry<T> entry(Family<T> family, String key, KeySpace keys) {
    if (!of(key).filter(family::equals).isPresent()) {
      throw new IllegalArgumentException(
          "the key \"%s\" is not of the family \"%s\"".formatted(key, family.prefix()));
    }
    var entry = keys.get(key);
    return entry == null ? family.first() : (Entry<T>) entry;
  }
}
