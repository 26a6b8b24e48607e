package dev.synod.zab.actor;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of each kind, and those that are laid out differently inside. */
final class ZabSamples {

  private static final StoreId S1 = StoreId.of(1);
  private static final Term E7 = new Term(7);
  private static final LogPosition P300 = new LogPosition(300, new Term(6));

  private ZabSamples() {}

  static Map<String, ZabMessage> all() {
    var all = new LinkedHashMap<String, ZabMessage>();
    var vote = new Vote(StoreId.of(3), new Term(6), P300);
    for (PeerState state : PeerState.values()) {
      var name = "notification-" + state.code();
      all.put(name, new ZabMessage.Notification(S1, 4, state, true, vote));
    }
    var observed = new ZabMessage.Notification(S1, 4, PeerState.LOOKING, false, vote);
    all.put("notification-observer", observed);
    all.put("follower-epoch", new ZabMessage.FollowerEpoch(S1, new Term(6)));
    all.put("new-epoch", new ZabMessage.NewEpoch(S1, E7));
    all.put("ack-epoch", new ZabMessage.AckEpoch(S1, E7, true, new Term(5), P300));
    all.put("ack-epoch-uncounted", new ZabMessage.AckEpoch(S1, E7, false, new Term(5), P300));
    all.put("truncate", new ZabMessage.Truncate(S1, E7, P300));
    all.put("propose", new ZabMessage.Propose(S1, E7, P300, List.of(entry(301, "add 5")), 299));
    all.put("propose-none", new ZabMessage.Propose(S1, E7, P300, List.of(), 300));
    var two = List.of(entry(301, "add 5"), entry(302, ""));
    all.put("propose-two", new ZabMessage.Propose(S1, E7, P300, two, 300));
    all.put("inform", new ZabMessage.Inform(S1, E7, P300, two));
    all.put("install-snapshot", new ZabMessage.InstallSnapshot(S1, E7, P300, configuration()));
    all.put("new-leader", new ZabMessage.NewLeader(S1, E7, P300));
    all.put("ack-new-leader", new ZabMessage.AckNewLeader(S1, E7, 300));
    all.put("up-to-date", new ZabMessage.UpToDate(S1, E7, 299));
    all.put("ack", new ZabMessage.Ack(S1, E7, 301));
    all.put("behind", new ZabMessage.Behind(S1, E7, 299));
    all.put("commit", new ZabMessage.Commit(S1, E7, 301));
    all.put("ping", new ZabMessage.Ping(S1, E7, 301, 12));
    all.put("pong", new ZabMessage.Pong(S1, E7, 12));
    all.put("request-sync", new ZabMessage.RequestSync(S1, E7, -5));
    all.put("sync-reply", new ZabMessage.SyncReply(S1, E7, -5, 301));
    all.put("successor", new ZabMessage.Successor(S1, E7, StoreId.of(3)));
    all.put("removal-notice", new ZabMessage.RemovalNotice(S1, E7, 9));
    return all;
  }

  private static Entry entry(long index, String text) {
    return new Entry(index, E7, EntryKind.COMMAND, Bytes.utf8(text));
  }

  private static Configuration configuration() {
    return new Configuration(
        List.of(new Member(S1, new NodeAddress("n1", "pekko://shop@10.0.0.7:7355"))));
  }
}
