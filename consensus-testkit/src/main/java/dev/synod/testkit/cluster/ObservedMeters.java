package dev.synod.testkit.cluster;

import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import java.util.function.BooleanSupplier;

/** A replica's measurements, of which the watch wants to know who leads and what is committed. */
final class ObservedMeters implements ReplicaMeters {

  private final String node;
  private final String leading;
  private final Watch watch;
  private final BooleanSupplier diskHasFailed;
  private final QueueBounds bounds;
  private boolean leads;

  /**
   * @param leading the role of a replica that leads
   * @param bounds how much may wait under each setting
   */
  ObservedMeters(
      String node, String leading, Watch watch, BooleanSupplier diskHasFailed, QueueBounds bounds) {
    this.node = node;
    this.leading = leading;
    this.watch = watch;
    this.diskHasFailed = diskHasFailed;
    this.bounds = bounds;
  }

  @Override
  public void role(String role) {
    boolean led = leads;
    leads = role.equals(leading);
    if (led && !leads) {
      watch.see(new Change.Follows(node));
    }
  }

  @Override
  public void term(long term) {
    if (leads) {
      watch.see(new Change.Leads(node, term));
    }
  }

  @Override
  public void commitIndex(long index) {
    watch.see(new Change.Committed(node, index));
  }

  @Override
  public void waiting(String setting, long size) {
    watch.see(new Change.Queued(node, setting, size, bounds.mostAt(setting, size)));
  }

  @Override
  public void retuned(String setting) {
    bounds.change(setting);
  }

  @Override
  public void failed() {
    if (!diskHasFailed.getAsBoolean()) {
      watch.see(new Change.Failed(node, "it gave up, and its log had not failed"));
    }
    watch.see(new Change.Stopped(node));
  }

  @Override
  public void diverged(int replicas) {}

  @Override
  public void appliedIndex(long index) {}

  @Override
  public void lag(NodeAddress follower, long entries) {}

  @Override
  public void forgetLags() {}

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
  public void close() {}
}
