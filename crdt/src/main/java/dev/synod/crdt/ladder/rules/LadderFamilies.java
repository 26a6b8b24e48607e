package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.rules.Family;
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

  /**
   * Why replicas with those families can't be a ladder's; empty if they can. They know a value's
   * family by all that it is, and give a key to the one with the longest prefix, too.
   */
  public Optional<String> objectionTo(List<Family<?>> ofReplicas) {
    var values = longestFirst.stream().map(LadderFamily::values).toList();
    for (var family : values) {
      if (!ofReplicas.contains(family)) {
        return Optional.of(
            ("the data has no family \"%s\" as the ladder has it: start the data with what"
                    + " LadderFamily.values() gives, not with the family that was given to it")
                .formatted(family.prefix()));
      }
    }
    for (var other : ofReplicas) {
      if (!values.contains(other) && of(other.prefix()).isPresent()) {
        return Optional.of(
            ("the data's family \"%s\" takes keys of a ladder's family, and is not on the ladder:"
                    + " give it another prefix, or put it on the ladder")
                .formatted(other.prefix()));
      }
    }
    return Optional.empty();
  }
}
