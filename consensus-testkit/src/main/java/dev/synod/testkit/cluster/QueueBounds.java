package dev.synod.testkit.cluster;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/**
 * How much may wait in each queue of a replica, by the name of the setting that bounds it. After a
 * bound was lowered, what was taken before may still wait, but no more comes on top of it.
 */
final class QueueBounds {

  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<String, Long> left = new HashMap<>();
  private Map<String, Long> bounds;

  QueueBounds(Map<String, Long> bounds) {
    this.bounds = bounds;
  }

  /** Other bounds from now on. */
  void change(Map<String, Long> now) {
    bounds = now;
    left.putAll(sizes);
  }

  /** So much waits: how much may wait. */
  long mostAt(String setting, long size) {
    long bound = requireNonNull(bounds.get(setting), () -> "no bound is known of " + setting);
    long most = Math.max(bound, left.getOrDefault(setting, 0L));
    sizes.put(setting, size);
    left.computeIfPresent(setting, (name, rest) -> Math.min(rest, size));
    return most;
  }
}
