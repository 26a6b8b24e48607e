package dev.synod.paxos.rules.multi;

import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Quorums;
import java.util.List;

/**
 * The slots that one configuration governs.
 *
 * @param from the first of them
 * @param quorums of its voters
 */
public record Regime(long from, Configuration configuration, Quorums quorums) {

  /** Whether it may propose and vote. */
  boolean hasVoter(StoreId store) {
    return quorums.members().contains(store);
  }

  /** All who are told what is chosen, whether they vote or learn. */
  List<StoreId> audience() {
    return configuration.membership().all();
  }

  /** Whether slots before it were governed by another one. */
  boolean isSuccessor() {
    return configuration.version() > 1;
  }
}
