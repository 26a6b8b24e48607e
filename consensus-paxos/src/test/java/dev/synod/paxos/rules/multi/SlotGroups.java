package dev.synod.paxos.rules.multi;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Quorums;
import java.util.List;
import java.util.Map;

/** Groups as rules know them. */
final class SlotGroups {

  static final int ALPHA = 9;

  private SlotGroups() {}

  /** Founded with these quorums; other members that come to govern it have majorities. */
  static Regimes of(Quorums quorums) {
    var founding = new Configuration(members(quorums.members()));
    return Regimes.founding(
        ALPHA,
        configuration ->
            configuration.voters().equals(founding.voters())
                ? quorums
                : Quorums.majorities(configuration.voters().stream().map(Member::store).toList()),
        founding);
  }

  /** The same, where all slots up to there are chosen. */
  static Regimes of(Quorums quorums, long chosen) {
    return of(quorums).knownUpTo(chosen);
  }

  static List<Member> members(List<StoreId> stores) {
    return stores.stream().map(SlotGroups::member).toList();
  }

  static Member member(StoreId store) {
    return new Member(store, new NodeAddress("node " + store, "sim@" + store));
  }

  /** As {@code known} by all that is chosen without a hole. */
  static Regimes governed(Regimes known, Map<Long, Entry> chosen) {
    var truth = known;
    for (long slot = truth.known() + 1; chosen.containsKey(slot); slot++) {
      var entry = chosen.get(slot);
      if (entry != null && entry.kind() == EntryKind.CONFIGURATION) {
        truth = truth.chosen(slot, Configuration.decode(entry.payload()));
      }
      truth = truth.knownUpTo(slot);
    }
    return truth;
  }

  static void require(boolean holds, String text, Object... values) {
    if (!holds) {
      throw new AssertionError(text.formatted(values));
    }
  }
}
