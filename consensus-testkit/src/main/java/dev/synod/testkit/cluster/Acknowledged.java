package dev.synod.testkit.cluster;

import java.util.Map;
import java.util.TreeMap;

/** How far clients knew the group to have come, and when. */
final class Acknowledged {

  private final TreeMap<Long, Long> indexes = new TreeMap<>(Map.of(Long.MIN_VALUE, 0L));

  /** Some client knows of that index now. */
  void at(long nanoTime, long index) {
    if (index > newest()) {
      indexes.put(nanoTime, index);
    }
  }

  long newest() {
    return indexes.lastEntry().getValue();
  }

  /** The highest index that some client knew of then. */
  long asOf(long nanoTime) {
    return indexes.floorEntry(nanoTime).getValue();
  }
}
