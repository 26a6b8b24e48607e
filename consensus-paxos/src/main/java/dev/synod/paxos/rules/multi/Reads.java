package dev.synod.paxos.rules.multi;

import dev.synod.core.StoreId;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads that wait for a quorum to say that no other proposer has taken over.
 *
 * @param round of the last heartbeats: each read has its own, and those that none asked for
 * @param waiting by round: which reads, and what they must see
 */
public record Reads(long round, NavigableMap<Long, Waiting> waiting) {

  /**
   * Reads that go together.
   *
   * @param by the distinguished proposer itself, or a replica that answers its own clients
   * @param read that one's number for them
   * @param slot all up to there must be applied first
   */
  public record Waiting(StoreId by, long read, long slot) {}

  /** No reads yet. */
  static final Reads NONE = new Reads(0, new TreeMap<>());

  Reads asked(Waiting read) {
    var more = new TreeMap<>(waiting);
    more.put(round + 1, read);
    return new Reads(round + 1, more);
  }

  /** Another replica asks one thing at a time: what it asked before, and still waits, is over. */
  Reads withoutThatOf(StoreId other) {
    var others = new TreeMap<>(waiting);
    others.values().removeIf(one -> one.by().equals(other));
    return new Reads(round, others);
  }

  /** Heartbeats are due that no read has asked for. */
  Reads beating() {
    return new Reads(round + 1, waiting);
  }

  /** Those that a quorum has answered. */
  List<Waiting> upTo(long answered) {
    return List.copyOf(waiting.headMap(answered, true).values());
  }

  Reads after(long answered) {
    var left = waiting.tailMap(answered, false);
    return left.size() == waiting.size() ? this : new Reads(round, new TreeMap<>(left));
  }
}
