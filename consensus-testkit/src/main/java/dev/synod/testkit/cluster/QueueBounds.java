package dev.synod.testkit.cluster;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How much may wait in each queue of a replica, by the name of the setting that bounds it. After a
 * bound was lowered, what was taken before may still wait, but no more comes on top of it.
 */
final class QueueBounds {

  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<String, Long> left = new HashMap<>();
  private final Map<String, Deque<Long>> coming = new HashMap<>();
  private final Map<String, Long> bounds;

  QueueBounds(Map<String, Long> bounds) {
    this.bounds = new HashMap<>(bounds);
  }

  /** Other bounds are on their way to who owns the queues, behind what is in mailboxes already. */
  void announce(Map<String, Long> others) {
    others.forEach(
        (setting, bound) -> coming.computeIfAbsent(setting, name -> new ArrayDeque<>()).add(bound));
  }

  /** Who owns that queue has heard of the next one. */
  void change(String setting) {
    var next = requireNonNull(coming.get(setting), () -> "no bound was announced of " + setting);
    bounds.put(setting, next.remove());
    left.put(setting, sizes.getOrDefault(setting, 0L));
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
