package dev.synod.actors.meters;

import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;

/** Measures nothing. */
final class NoMeters implements Meters {

  @Override
  public ReplicaMeters replica(GroupId group) {
    return ReplicaMeters.NONE;
  }

  @Override
  public ClientMeters client(GroupId group) {
    return ClientMeters.NONE;
  }

  @Override
  public LogMeters log() {
    return LogMeters.NONE;
  }

  @Override
  public ChannelMeters channels() {
    return ChannelMeters.NONE;
  }

  static final class NoReplicaMeters implements ReplicaMeters {
    @Override
    public void role(String role) {}

    @Override
    public void term(long term) {}

    @Override
    public void commitIndex(long index) {}

    @Override
    public void appliedIndex(long index) {}

    @Override
    public void lag(NodeAddress follower, long entries) {}

    @Override
    public void forgetLags() {}

    @Override
    public void waiting(String setting, long size) {}

    @Override
    public void retuned(String setting) {}

    @Override
    public void appended(int entries, long bytes) {}

    @Override
    public void proposalAnswered(long nanos) {}

    @Override
    public void electionStarted() {}

    @Override
    public void electionWon() {}

    @Override
    public void rejected(Outcome.Reason reason, int count) {}

    @Override
    public void snapshotWritten(long bytes) {}

    @Override
    public void snapshotSent(long bytes) {}

    @Override
    public void snapshotReceived(long bytes) {}

    @Override
    public void failed() {}

    @Override
    public void diverged(int replicas) {}

    @Override
    public void close() {}
  }

  static final class NoClientMeters implements ClientMeters {
    @Override
    public void succeeded() {}

    @Override
    public void rejected(Outcome.Reason reason) {}

    @Override
    public void unknown() {}

    @Override
    public void retried(int requests) {}

    @Override
    public void batched(int proposals) {}
  }

  static final class NoLogMeters implements LogMeters {
    @Override
    public void synced(int records, long bytes, long syncNanos) {}
  }

  static final class NoChannelMeters implements ChannelMeters {
    @Override
    public void opened() {}

    @Override
    public void closed() {}

    @Override
    public void dropped() {}
  }
}
