package dev.synod.raft.protocol;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.List;

/** What a Raft server is told by another. The term is the sender's current one. */
public sealed interface RaftMessage {

  StoreId from();

  Term term();

  <T> T match(Cases<T> cases);

  /**
   * Thesis §9.6: "would you vote for me, if I stood for election in the next term?" Changes
   * nobody's term.
   */
  record RequestPreVote(StoreId from, Term term, LogPosition lastLog) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.requestPreVote(this);
    }
  }

  /** Thesis §9.6: the answer, which promises nothing. */
  record PreVoteReply(StoreId from, Term term, boolean granted) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.preVoteReply(this);
    }
  }

  /**
   * §5.2: sent by candidates to gather votes.
   *
   * @param handover the old leader asked for this election, so those who hear it still may vote
   *     (thesis §3.10)
   */
  record RequestVote(StoreId from, Term term, LogPosition lastLog, boolean handover)
      implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.requestVote(this);
    }
  }

  /** §5.2: the answer; granted only once the vote is durable. */
  record VoteReply(StoreId from, Term term, boolean granted) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.voteReply(this);
    }
  }

  /**
   * §5.3: sent by the leader to replicate entries; without entries it tells the commit index, or
   * asks where logs match.
   *
   * @param previous the entry before the first of {@code entries}
   * @param commitIndex the leader's
   */
  record AppendEntries(
      StoreId from, Term term, LogPosition previous, List<Entry> entries, long commitIndex)
      implements RaftMessage {

    public AppendEntries {
      entries = List.copyOf(entries);
    }

    /** The index of the last entry that this message speaks of. */
    public long lastIndex() {
      return previous.index() + entries.size();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.appendEntries(this);
    }
  }

  /** §5.3: the follower's log equals the leader's up to there, and is durable up to there. */
  record AppendAccepted(StoreId from, Term term, long matchIndex) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.appendAccepted(this);
    }
  }

  /**
   * §5.3: the follower's log has no entry like {@code previous}, or the sender of the append is no
   * leader any more.
   *
   * @param previousIndex of the refused append
   * @param hint the follower's last entry that may match: nothing after it does
   */
  record AppendRejected(StoreId from, Term term, long previousIndex, LogPosition hint)
      implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.appendRejected(this);
    }
  }

  /**
   * §5.2: "I lead." Apart from appends, so that no disk delays the answer.
   *
   * @param commitIndex not above what the receiver is known to hold
   * @param round rises with each time that answers are wanted, such as by a read that asks for
   *     confirmation (§8); or {@link #UNANSWERED}
   */
  record Heartbeat(StoreId from, Term term, long commitIndex, long round) implements RaftMessage {

    /** The round of a heartbeat that only tells what is committed. */
    public static final long UNANSWERED = 0;

    /** Whether the sender wants to hear that nobody knows of a later term. */
    public boolean wantsAnswer() {
      return round != UNANSWERED;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.heartbeat(this);
    }
  }

  /**
   * §8: "I know of no later term than yours."
   *
   * @param priority how much the sender is wanted as leader; 0 for not at all
   */
  record HeartbeatReply(StoreId from, Term term, long round, int priority) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.heartbeatReply(this);
    }
  }

  /**
   * Thesis §6.4, follower to leader: "which index must I have applied to answer what I was asked
   * before now?" One serves all reads that wait there.
   *
   * @param read the follower's own number for them; never used again, in another life neither
   */
  record RequestReadIndex(StoreId from, Term term, long read) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.requestReadIndex(this);
    }
  }

  /** Thesis §6.4: "this one: a quorum has confirmed, since you asked, that I lead." */
  record ReadIndexReply(StoreId from, Term term, long read, long index) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.readIndexReply(this);
    }
  }

  /** Thesis §3.10: "stand for election now: I hand over to you." */
  record TimeoutNow(StoreId from, Term term) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.timeoutNow(this);
    }
  }

  /**
   * §7: a snapshot of the leader's has arrived here whole, checked and durable. Its chunks
   * travelled on a channel of their own.
   *
   * @param lastIncluded what it replaces: this entry and all before it
   * @param configuration of the group at that place
   * @param stateless whether it is a witness's, and holds no more than these
   */
  record InstallSnapshot(
      StoreId from,
      Term term,
      LogPosition lastIncluded,
      Configuration configuration,
      boolean stateless)
      implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.installSnapshot(this);
    }
  }

  /**
   * §6: "you are not of the group any more." Said to a server that asks whether it could win an
   * election, so that it stops asking.
   *
   * @param version of the committed configuration that does not name it
   */
  record RemovalNotice(StoreId from, Term term, long version) implements RaftMessage {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.removalNotice(this);
    }
  }

  /** One method per message: forget one, and the role does not compile. */
  interface Cases<T> {
    T requestPreVote(RequestPreVote request);

    T preVoteReply(PreVoteReply reply);

    T requestVote(RequestVote request);

    T voteReply(VoteReply reply);

    T appendEntries(AppendEntries append);

    T appendAccepted(AppendAccepted reply);

    T appendRejected(AppendRejected reply);

    T heartbeat(Heartbeat heartbeat);

    T heartbeatReply(HeartbeatReply reply);

    T requestReadIndex(RequestReadIndex request);

    T readIndexReply(ReadIndexReply reply);

    T timeoutNow(TimeoutNow request);

    T installSnapshot(InstallSnapshot snapshot);

    T removalNotice(RemovalNotice notice);
  }
}
