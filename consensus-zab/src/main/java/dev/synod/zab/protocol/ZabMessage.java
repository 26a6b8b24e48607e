package dev.synod.zab.protocol;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.List;

/**
 * What a ZAB server is told by another. Epochs are terms of the log. The paper counts on channels
 * that lose nothing and keep their order; here messages may be lost, doubled and overtaken, so each
 * says where it belongs.
 */
public sealed interface ZabMessage {

  StoreId from();

  <T> T match(Cases<T> cases);

  /**
   * Phase 0: what its sender votes for, and what it is doing.
   *
   * @param round how often the sender has begun an election since its start
   * @param votes whether the sender is asked by anybody: it votes, as far as it knows, or leads
   */
  record Notification(StoreId from, long round, PeerState state, boolean votes, Vote vote)
      implements ZabMessage {

    /** Whether it is for one that has a vote itself, as far as its sender knows. */
    public boolean namesOne() {
      return votes || !vote.leader().equals(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.notification(this);
    }
  }

  /**
   * Phase 1, CEPOCH (ZooKeeper: FOLLOWERINFO, OBSERVERINFO): "you are my leader, and this is the
   * last epoch that I have accepted."
   */
  record FollowerEpoch(StoreId from, Term acceptedEpoch) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.followerEpoch(this);
    }
  }

  /**
   * Phase 1, NEWEPOCH (ZooKeeper: LEADERINFO): "this will be my epoch", higher than all that a
   * quorum has accepted.
   */
  record NewEpoch(StoreId from, Term epoch) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.newEpoch(this);
    }
  }

  /**
   * Phase 1, ACK-E: "I have accepted it, and have a history up to there." In phase 2, the same
   * words ask for what comes next. Said only once it is durable.
   *
   * @param counts whether the epoch was accepted for this very leader: nobody counts who had
   *     accepted it before
   * @param currentEpoch of the last leader whose whole initial history the sender has
   * @param last where the sender's history ends
   */
  record AckEpoch(StoreId from, Term epoch, boolean counts, Term currentEpoch, LogPosition last)
      implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.ackEpoch(this);
    }
  }

  /** Phase 2, TRUNC: "forget what you have after that." */
  record Truncate(StoreId from, Term epoch, LogPosition to) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.truncate(this);
    }
  }

  /**
   * Phases 2 and 3, PROPOSE: transactions, in order; those of a history that is brought up to date
   * are ZooKeeper's DIFF.
   *
   * @param previous the transaction before the first of {@code entries}
   * @param commitIndex up to where all are committed
   */
  record Propose(
      StoreId from, Term epoch, LogPosition previous, List<Entry> entries, long commitIndex)
      implements ZabMessage {

    public Propose {
      entries = List.copyOf(entries);
    }

    /** The index of the last entry that this message speaks of. */
    public long lastIndex() {
      return previous.index() + entries.size();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.propose(this);
    }
  }

  /**
   * Phase 3, INFORM, to observers: transactions that are committed already.
   *
   * @param previous the transaction before the first of {@code entries}
   */
  record Inform(StoreId from, Term epoch, LogPosition previous, List<Entry> entries)
      implements ZabMessage {

    public Inform {
      entries = List.copyOf(entries);
    }

    /** The index of the last entry that this message speaks of. */
    public long lastIndex() {
      return previous.index() + entries.size();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.inform(this);
    }
  }

  /**
   * Phase 2, SNAP: a snapshot of the leader's has arrived here whole, checked and durable. Its
   * chunks travelled on a channel of their own.
   *
   * @param lastIncluded what it replaces: this transaction and all before it
   * @param configuration of the group at that place
   */
  record InstallSnapshot(
      StoreId from, Term epoch, LogPosition lastIncluded, Configuration configuration)
      implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.installSnapshot(this);
    }
  }

  /**
   * Phase 2, NEWLEADER: "if your history goes so far, it is mine: this is your epoch now."
   *
   * @param last where the leader's initial history ends
   */
  record NewLeader(StoreId from, Term epoch, LogPosition last) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.newLeader(this);
    }
  }

  /**
   * Phase 2, ACK-LD: "it is." Said once history and epoch are durable, the history first.
   *
   * @param lastIndex up to where its history is the leader's
   */
  record AckNewLeader(StoreId from, Term epoch, long lastIndex) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.ackNewLeader(this);
    }
  }

  /** End of phase 2, COMMIT-LD (ZooKeeper: UPTODATE): "now you may serve clients." */
  record UpToDate(StoreId from, Term epoch, long commitIndex) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.upToDate(this);
    }
  }

  /** Phase 3, ACK: transactions up to there are durable. */
  record Ack(StoreId from, Term epoch, long lastIndex) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.ack(this);
    }
  }

  /** Phase 3: "something is missing after that", so that the leader says it again. */
  record Behind(StoreId from, Term epoch, long lastIndex) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.behind(this);
    }
  }

  /** Phase 3, COMMIT: all up to there are committed. */
  record Commit(StoreId from, Term epoch, long index) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.commit(this);
    }
  }

  /**
   * "I lead."
   *
   * @param commitIndex not above what the receiver is known to hold
   * @param round rises whenever a read asks for confirmation
   */
  record Ping(StoreId from, Term epoch, long commitIndex, long round) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.ping(this);
    }
  }

  /** "You are my leader." */
  record Pong(StoreId from, Term epoch, long round) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.pong(this);
    }
  }

  /**
   * ZooKeeper's sync: "which transactions must I have applied to answer what I was asked before
   * now?" One serves all reads that wait there.
   *
   * @param read the sender's own number for them; never used again, in another life neither
   */
  record RequestSync(StoreId from, Term epoch, long read) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.requestSync(this);
    }
  }

  /** "These: a quorum has confirmed, since you asked, that I lead." */
  record SyncReply(StoreId from, Term epoch, long read, long index) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.syncReply(this);
    }
  }

  /** "I lead no more: go on with that one, which has all that I have." */
  record Successor(StoreId from, Term epoch, StoreId to) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.successor(this);
    }
  }

  /**
   * "You are not of the group any more": the answer to who asks to be let in.
   *
   * @param version of a committed configuration that does not name the receiver
   */
  record RemovalNotice(StoreId from, Term epoch, long version) implements ZabMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.removalNotice(this);
    }
  }

  /** One method per message: forget one, and the role does not compile. */
  interface Cases<T> {
    T notification(Notification message);

    T followerEpoch(FollowerEpoch message);

    T newEpoch(NewEpoch message);

    T ackEpoch(AckEpoch message);

    T truncate(Truncate message);

    T propose(Propose message);

    T inform(Inform message);

    T installSnapshot(InstallSnapshot message);

    T newLeader(NewLeader message);

    T ackNewLeader(AckNewLeader message);

    T upToDate(UpToDate message);

    T ack(Ack message);

    T behind(Behind message);

    T commit(Commit message);

    T ping(Ping message);

    T pong(Pong message);

    T requestSync(RequestSync message);

    T syncReply(SyncReply message);

    T successor(Successor message);

    T removalNotice(RemovalNotice message);
  }
}
