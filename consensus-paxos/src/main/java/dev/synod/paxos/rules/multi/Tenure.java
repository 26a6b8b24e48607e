package dev.synod.paxos.rules.multi;

import dev.synod.core.ConfigurationSteps;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a distinguished proposer has brought the regime that it leads.
 *
 * <p>Members that leave may be switched off once the change is done. So it is not before a quorum
 * of the regime has it on disk that all slots of the regimes before are chosen: else those that
 * stay could come up again, and need the others to find that out.
 *
 * @param regime that it leads
 * @param isSettled whether a quorum knows so; a group's first regime has none before
 * @param lastChange the last slot that may hold a configuration of which it has not heard yet: it
 *     has proposed one there, or knew the slot to be chosen when it began
 * @param noted up to where each acceptor has on disk that slots are chosen; empty once settled
 * @param reached up to where each member knows slots to be chosen; kept while a change waits for
 *     newcomers
 */
record Tenure(
    Regime regime,
    boolean isSettled,
    long lastChange,
    Map<StoreId, Long> noted,
    Map<StoreId, Long> reached) {

  static Tenure begun(Regime regime, long chosen) {
    return new Tenure(regime, !regime.isSuccessor(), chosen, Map.of(), Map.of());
  }

  /** An acceptor has noted that. */
  Tenure noted(StoreId acceptor, long slot) {
    if (isSettled) {
      return this;
    }
    var more = new TreeMap<>(noted);
    more.merge(acceptor, slot, Math::max);
    return regime.quorums().accept().agreedValue(one -> more.getOrDefault(one, 0L))
            >= regime.from() - 1
        ? new Tenure(regime, true, lastChange, Map.of(), reached)
        : new Tenure(regime, false, lastChange, more, reached);
  }

  /** A member knows that. */
  Tenure reached(StoreId member, long slot) {
    if (!regime.configuration().isChanging()) {
      return this;
    }
    var more = new TreeMap<>(reached);
    more.merge(member, slot, Math::max);
    return new Tenure(regime, isSettled, lastChange, noted, more);
  }

  /** These are proposed. */
  Tenure proposing(List<Entry> entries) {
    long last = lastChange;
    for (Entry entry : entries) {
      last = entry.kind() == EntryKind.CONFIGURATION ? entry.index() : last;
    }
    return last == lastChange ? this : new Tenure(regime, isSettled, last, noted, reached);
  }

  /** Whether the newest configuration is that of this regime, and no other one may be chosen. */
  boolean isLatest(Regimes regimes) {
    return lastChange <= regimes.known()
        && regimes.latest().configuration().version() == regime.configuration().version();
  }

  /** Whether the change that led here is done: it may be said so, and another one may begin. */
  boolean isDone(Regimes regimes) {
    return isSettled && isLatest(regimes) && !regime.configuration().isChanging();
  }

  /**
   * Whether those that are to vote know nearly all that is chosen (Ongaro 2014, §4.2.1): they must
   * not keep the group from choosing.
   */
  boolean haveCaughtUp(long chosen, int window) {
    long enough = Math.max(regime.from() - 1, chosen - window);
    return ConfigurationSteps.awaited(regime.configuration()).stream()
        .allMatch(store -> reached.getOrDefault(store, -1L) >= enough);
  }
}
