package dev.synod.zab.rules;

import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage.Notification;

/** What servers say in elections, for tests. */
final class Notices {

  static final StoreId S1 = StoreId.of(1);
  static final StoreId S2 = StoreId.of(2);
  static final StoreId S3 = StoreId.of(3);

  private Notices() {}

  static Vote vote(long leader, long current, long index, long epoch) {
    var last = new LogPosition(index, new Term(epoch));
    return new Vote(StoreId.of(leader), new Term(current), last);
  }

  static Notification says(StoreId from, long round, PeerState state, Vote vote) {
    return new Notification(from, round, state, true, vote);
  }

  static Notification looks(StoreId from, long round, Vote vote) {
    return says(from, round, PeerState.LOOKING, vote);
  }
}
