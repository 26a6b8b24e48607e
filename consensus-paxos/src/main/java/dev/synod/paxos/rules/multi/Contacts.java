package dev.synod.paxos.rules.multi;

import dev.synod.core.StoreId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a distinguished proposer has heard from each acceptor.
 *
 * @param rounds the last one that each has answered
 * @param recent who has said anything since the last check
 */
public record Contacts(Map<StoreId, Long> rounds, Set<StoreId> recent) {

  /** Nothing yet. */
  static final Contacts NONE = new Contacts(Map.of(), Set.of());

  Contacts heard(StoreId acceptor) {
    if (recent.contains(acceptor)) {
      return this;
    }
    var more = new TreeSet<>(recent);
    more.add(acceptor);
    return new Contacts(rounds, more);
  }

  Contacts answered(StoreId acceptor, long round) {
    var heard = heard(acceptor);
    if (roundOf(acceptor) >= round) {
      return heard;
    }
    var more = new TreeMap<>(rounds);
    more.put(acceptor, round);
    return new Contacts(more, heard.recent);
  }

  Contacts checked() {
    return new Contacts(rounds, Set.of());
  }

  long roundOf(StoreId acceptor) {
    return rounds.getOrDefault(acceptor, 0L);
  }

  boolean isRecent(StoreId acceptor) {
    return recent.contains(acceptor);
  }
}
