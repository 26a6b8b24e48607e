package dev.synod.raft.rules;

import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.protocol.RaftMessage.RemovalNotice;
import java.util.Optional;

/**
 * §5.2: a server that stands for election, or asks whether it should. It knows no leader, and
 * follows at once whoever turns out to be the leader of its term.
 */
sealed interface Electing extends Role permits PreCandidate, Candidate {

  @Override
  default Optional<StoreId> leader() {
    return Optional.empty();
  }

  @Override
  default boolean hearsLeader() {
    return false;
  }

  /** §5.2: another server established itself as leader of this term. */
  @Override
  default Step appendEntries(AppendEntries append) {
    return term().isAfter(append.term())
        ? refuse(append)
        : follower().appendEntries(append).following(this);
  }

  @Override
  default Step heartbeat(Heartbeat heartbeat) {
    return term().isAfter(heartbeat.term())
        ? refuse(heartbeat)
        : follower().heartbeat(heartbeat).following(this);
  }

  @Override
  default Step installSnapshot(InstallSnapshot snapshot) {
    return term().isAfter(snapshot.term())
        ? refuse(snapshot)
        : follower().installSnapshot(snapshot).following(this);
  }

  @Override
  default Step removalNotice(RemovalNotice notice) {
    var told = server().removedBy(notice.version());
    return told.isRemoved()
        ? Step.of(this, Follower.atStart(told, state(), commitIndex()))
        : stay();
  }

  /** The same server without the election. */
  default Follower follower() {
    return Follower.atStart(server(), state(), commitIndex());
  }
}
