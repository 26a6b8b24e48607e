package dev.synod.paxos.rules.multi;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads that wait for a quorum to say that no other proposer has taken over.
 *
 * @param round of the last one: each has its own
 * @param waiting by round: which read, and what it must see
 */
public record Reads(long round, NavigableMap<Long, Waiting> waiting) {

  /** A read, by the shell's number for it, and the slot that must be applied first. */
  public record Waiting(long read, long slot) {}

  /** No reads yet. */
  static final Reads NONE = new Reads(0, new TreeMap<>());

  Reads asked(long read, long slot) {
    var more = new TreeMap<>(waiting);
    more.put(round + 1, new Waiting(read, slot));
    return new Reads(round + 1, more);
  }

  /** Those that a quorum has answered, by number: the slot of each. */
  Map<Long, Long> upTo(long answered) {
    var done = new TreeMap<Long, Long>();
    waiting.headMap(answered, true).values().forEach(one -> done.put(one.read(), one.slot()));
    return done;
  }

  Reads after(long answered) {
    var left = waiting.tailMap(answered, false);
    return left.size() == waiting.size() ? this : new Reads(round, new TreeMap<>(left));
  }
}
