package dev.synod.core;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The replies to one client, by the number of its request. Numbers lie close together, since a
 * client has few requests under way, so a ring holds them.
 *
 * @param <R> replies
 */
final class ReplyWindow<R> {

  private static final int FIRST_SIZE = 8;

  private final int size;
  private long from = 1;
  private @Nullable Object[] ring = new Object[FIRST_SIZE];

  /** A window which reaches over that many numbers. */
  ReplyWindow(int size) {
    this.size = size;
  }

  /** All below this number is forgotten. */
  long from() {
    return from;
  }

  void forgetBelow(long number) {
    if (number - from >= ring.length) {
      ring = new Object[FIRST_SIZE];
      from = number;
    }
    for (; from < number; from++) {
      ring[slot(from)] = null;
    }
  }

  /** Whether the number is not so far ahead that the client must have forgotten to acknowledge. */
  boolean reaches(long number) {
    return number - from < size;
  }

  /** The reply kept under a number which is not forgotten. */
  @SuppressWarnings("unchecked") // only replies are put
  @Nullable R get(long number) {
    return number - from < ring.length ? (R) ring[slot(number)] : null;
  }

  /** Keeps a reply under a number which is not forgotten, and is reached. */
  void put(long number, R reply) {
    Invariants.check(
        number >= from && reaches(number),
        "reply %s belongs into a window from %s on of %s",
        number,
        from,
        size);
    while (number - from >= ring.length) {
      grow();
    }
    ring[slot(number)] = reply;
  }

  /** All replies, by number. */
  Map<Long, R> replies() {
    var all = new TreeMap<Long, R>();
    for (long number = from; number < from + ring.length; number++) {
      R reply = get(number);
      if (reply != null) {
        all.put(number, reply);
      }
    }
    return all;
  }

  private void grow() {
    var smaller = ring;
    ring = new Object[2 * smaller.length];
    for (long number = from; number < from + smaller.length; number++) {
      ring[slot(number)] = smaller[(int) (number % smaller.length)];
    }
  }

  private int slot(long number) {
    return (int) (number % ring.length);
  }
}
