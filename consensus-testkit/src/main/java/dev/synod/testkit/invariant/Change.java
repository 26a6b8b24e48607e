package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.Membership;
import dev.synod.core.StoreId;
import java.util.Comparator;

/** Something that a replica or a client did. A node is named as its machine is. */
public sealed interface Change {

  String node();

  /**
   * A replica has recovered what its disk kept, and begins to serve.
   *
   * @param store the identity of the disk
   * @param vote whom it remembers to have voted for in that epoch; empty if nobody
   */
  record Started(String node, String store, long epoch, String vote) implements Change {}

  /** The replica knows that its group was founded with these members. */
  record Founded(String node, Configuration configuration) implements Change {}

  /** An entry that says who belongs to the group is about to be appended. */
  record Configured(String node, long index, long epoch, Configuration configuration)
      implements Change {}

  /** An entry that says who belongs to the group was in the log when it was recovered. */
  record Found(String node, long index, long epoch, Configuration configuration)
      implements Change {}

  /** The replica takes these for the members from now on. */
  record GoesBy(String node, Configuration configuration) implements Change {}

  /** The replica has learned that the group decided so, for good. */
  record Decided(String node, Configuration configuration) implements Change {}

  /**
   * The replica has a snapshot of all up to that index, which says that these are the members.
   *
   * @param counts whether it goes by it; else it was only sent
   */
  record Based(String node, long index, Configuration configuration, boolean counts)
      implements Change {}

  /** The replica is gone, by a crash or since it failed. */
  record Stopped(String node) implements Change {}

  /**
   * The replica came upon something that cannot be, or gave up, though nothing is wrong with its
   * disk.
   */
  record Failed(String node, String why) implements Change {}

  /** The replica's epoch, and whom it voted for in it, went to the log. */
  record Entered(String node, long epoch, String vote) implements Change {}

  /** The replica leads in that epoch. */
  record Leads(String node, long epoch) implements Change {}

  /** The replica does not lead any more. */
  record Follows(String node) implements Change {}

  /**
   * The replica told a candidate that it has its vote.
   *
   * @param candidate the node that it told
   */
  record Voted(String node, long epoch, String candidate) implements Change {}

  /**
   * An entry was appended; its digest covers kind and payload, and is {@link #WITNESSED} where it
   * came without its payload.
   */
  record Appended(String node, long index, long epoch, long digest) implements Change {

    /** Only the place is known. */
    public static final long WITNESSED = Long.MIN_VALUE;

    /** Whether only the place is known. */
    boolean isWitnessed() {
      return digest == WITNESSED;
    }
  }

  /** The log's entries up to that index are durable, as the log has just said. */
  record Forced(String node, long index) implements Change {}

  /** The entries from that index on were removed. */
  record Truncated(String node, long index) implements Change {}

  /**
   * The log begins after that entry now.
   *
   * @param last where it ends now
   */
  record Compacted(String node, long index, long epoch, long last) implements Change {}

  /**
   * A snapshot of all up to that index is durable here: taken, received, or found at the start.
   *
   * @param bytes of all that it holds; 0 if not known
   */
  record Snapshotted(String node, long index, long bytes) implements Change {}

  /**
   * The replica told a leader of that epoch that it holds the leader's entries up to that index.
   */
  record Confirmed(String node, long epoch, long index) implements Change {}

  /** The replica knows that entries up to that index are committed. */
  record Committed(String node, long index) implements Change {}

  /**
   * A command was applied.
   *
   * @param digest of the state afterwards
   * @param request its name, given by the client
   */
  record Applied(String node, long index, long digest, String request) implements Change {}

  /** A command was applied, and was a change: those who watch are to hear of it. */
  record Made(String node, long index, String request) implements Change {}

  /** The state was replaced by that of a snapshot. */
  record Restored(String node, long index, long digest) implements Change {}

  /**
   * So much waits in one of the replica's queues.
   *
   * @param setting the name of what bounds it
   * @param most that may wait there
   */
  record Queued(String node, String setting, long size, long most) implements Change {}

  /** A client asks for something to be applied. */
  record Asked(String node, String request) implements Change {}

  /** A client was told that its request was applied at that index. */
  record Acknowledged(String node, String request, long index) implements Change {}

  /** A client was told that its request was not taken, and never will be. */
  record Refused(String node, String request) implements Change {}

  /** A client was told that nobody knows whether its request was taken, or will be. */
  record Undecided(String node, String request) implements Change {}

  /**
   * A bounded read was answered.
   *
   * @param least the highest index that was acknowledged so long before the read was asked that the
   *     slowest clock had counted its whole lag meanwhile
   * @param saw the index of the last command that the answer knows of
   */
  record BoundedRead(String node, long least, long saw) implements Change {}

  /**
   * An administrator was told that its change of the members is done.
   *
   * @param expected the version of the configuration that it was meant for
   * @param goal what it wanted
   * @param configuration what it was told
   */
  record MembersChanged(String node, long expected, Membership goal, Configuration configuration)
      implements Change {}

  /** An administrator was told that its change of the members has not begun, and never will. */
  record MembersKept(String node, long expected, Membership goal, String why) implements Change {}

  /**
   * A linearizable read was answered, or one that sees what its client knows.
   *
   * @param least the highest index acknowledged before the read was asked
   * @param saw the index of the last command that the answer knows of
   */
  record Read(String node, long least, long saw) implements Change {}

  /**
   * Somebody begins to watch the group, or goes on to, on that node.
   *
   * @param watch its name, unique in a run
   * @param after up to where nothing is to be told; -1 where that is not known
   */
  record WatchBegan(String node, String watch, long after) implements Change {}

  /** The watch told of a change. */
  record Watched(String node, String watch, long index, String request) implements Change {}

  /**
   * The watch told that what it wants is not kept any more.
   *
   * @param next index up to which it has told all
   * @param first index that is kept, as it was told
   */
  record WatchLost(String node, String watch, long next, long first) implements Change {}

  /** A ballot as invariants see it: they know rounds, and who proposes. */
  record Ballot(long round, StoreId proposer) implements Comparable<Ballot> {

    private static final Comparator<Ballot> ORDER =
        Comparator.comparingLong(Ballot::round).thenComparing(Ballot::proposer);

    boolean isAfter(Ballot other) {
      return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Ballot other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return round + "." + proposer;
    }
  }

  /** An acceptor's disk has it that nothing below that ballot is accepted. */
  record PromiseKept(String node, Ballot ballot) implements Change {}

  /** An acceptor has recovered that promise. */
  record PromiseFound(String node, Ballot ballot) implements Change {}

  /** An acceptor has told a proposer that it promises that. */
  record PromiseSaid(String node, Ballot ballot) implements Change {}

  /**
   * An acceptor's disk has its vote for a slot.
   *
   * @param value tells values apart
   * @param isNew false if it was found there after a start
   */
  record VoteKept(String node, Ballot ballot, long slot, long value, boolean isNew)
      implements Change {}

  /**
   * The value of a slot that an acceptor has is these members.
   *
   * @param value tells values apart
   */
  record ConfigurationKept(String node, long slot, long value, Configuration configuration)
      implements Change {}

  /** An acceptor has told a proposer that it has accepted what that proposed for these slots. */
  record VotesSaid(String node, Ballot ballot, long firstSlot, long lastSlot) implements Change {}

  /** An acceptor's disk has it that slots up to there may be gone, as a snapshot covers them. */
  record CompactionKept(String node, long slot) implements Change {}

  /** A replica's log has lost its newest record of that slot, the last of such. */
  record SlotForgotten(String node, long slot) implements Change {}

  /** A replica's disk has it that this value was chosen for a slot. */
  record ChoiceKept(String node, long slot, long value) implements Change {}
}
