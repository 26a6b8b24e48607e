package dev.synod.paxos.rules.multi;

import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Quorums;
import java.util.List;

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
}
