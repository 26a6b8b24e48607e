package dev.synod.testkit.lab.quorum;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.DottedVersionVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One of the values that were written without knowing of each other.
 *
 * @param dot the event that wrote it
 * @param past what its writer had seen
 */
record Sibling(String value, Dot dot, Context past) {

  static Sibling of(String value, DottedVersionVector clock) {
    return new Sibling(value, clock.dot(), Context.of(clock.past()));
  }

  DottedVersionVector clock() {
    return new DottedVersionVector(dot, past.vector());
  }

  static List<DottedVersionVector> clocks(List<Sibling> siblings) {
    return siblings.stream().map(Sibling::clock).toList();
  }

  /** What is left of both: the values that no other replaces. */
  static List<Sibling> sync(List<Sibling> some, List<Sibling> others) {
    Map<Dot, Sibling> all = new HashMap<>();
    some.forEach(sibling -> all.put(sibling.dot(), sibling));
    others.forEach(sibling -> all.put(sibling.dot(), sibling));
    return DottedVersionVector.sync(clocks(some), clocks(others)).stream()
        .map(clock -> Objects.requireNonNull(all.get(clock.dot())))
        .toList();
  }
}
