package dev.synod.actors.meters;

import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;

/**
 * One replica's measurements. Called by its actor only; all values are plain numbers, so a call
 * costs nanoseconds.
 */
public interface ReplicaMeters extends AutoCloseable {

  /** Measures nothing. */
  ReplicaMeters NONE = new NoMeters.NoReplicaMeters();

  /** The replica's role has changed: in the protocol's words, such as {@code leader}. */
  void role(String role);

  /** The number of the leadership it follows: Raft's term, Paxos's ballot, ZAB's epoch. */
  void term(long term);

  /** All entries up to this index are committed. */
  void commitIndex(long index);

  /** All entries up to this index are applied. */
  void appliedIndex(long index);

  /**
   * A leader's view of one other replica: entries in the log here which are not known to be durable
   * there.
   */
  void lag(NodeAddress follower, long entries);

  /** No longer leader, or no longer a member: the lags are not known any more. */
  void forgetLags();

  /**
   * So much waits in the queue which that setting bounds.
   *
   * @param setting its name within the protocol's section, such as {@code gated-effects-max}
   */
  void waiting(String setting, long size);

  /** Whoever owns the queue which that setting bounds has heard that the setting may be another. */
  void retuned(String setting);

  /** A batch went to the log. */
  void appended(int entries, long bytes);

  /** A proposal was answered, after that many nanoseconds in this replica. */
  void proposalAnswered(long nanos);

  /** This replica stood for election. */
  void electionStarted();

  /** This replica became leader. */
  void electionWon();

  /** That many proposals or reads were refused. */
  void rejected(Outcome.Reason reason, int count);

  /** A snapshot of that size was written here. */
  void snapshotWritten(long bytes);

  /** That much of a snapshot was sent to another replica. */
  void snapshotSent(long bytes);

  /** That much of a snapshot came from another replica. */
  void snapshotReceived(long bytes);

  /** The replica stopped because it can't be trusted any more. */
  void failed();

  /** This leader found that so many replicas have diverged. */
  void diverged(int replicas);

  /** The replica is gone: its gauges are removed. */
  @Override
  void close();
}
