package dev.synod.paxos.rules.multi;

import dev.synod.core.Entry;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.ArrayList;
import java.util.List;

/**
 * Phase 2 of some consecutive slots, which are proposed and accepted together.
 *
 * @param accepted who has, each once
 * @param sentAt the heartbeat at which it was last sent to who has not
 */
record Flight(List<Entry> entries, List<StoreId> accepted, long sentAt) {

  long firstSlot() {
    return entries.get(0).index();
  }

  long lastSlot() {
    return entries.get(entries.size() - 1).index();
  }

  Flight acceptedBy(StoreId acceptor) {
    var all = new ArrayList<StoreId>(accepted.size() + 1);
    all.addAll(accepted);
    all.add(acceptor);
    return new Flight(entries, all, sentAt);
  }

  boolean isChosen(Quorum quorum) {
    return quorum.isMetBy(accepted::contains);
  }

  Flight sent(long heartbeat) {
    return new Flight(entries, accepted, heartbeat);
  }
}
