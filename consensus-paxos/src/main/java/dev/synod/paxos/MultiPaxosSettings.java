package dev.synod.paxos;

import com.typesafe.config.Config;
import dev.synod.actors.replica.Lease;
import dev.synod.actors.settings.Section;
import dev.synod.paxos.rules.multi.SlotLimits;
import java.time.Duration;
import java.util.Set;

/**
 * Every knob of a Multi-Paxos group, already checked: an instance that exists is valid. Defaults
 * and the same sentences are in {@code reference.conf} under {@code synod.paxos.multi}.
 *
 * @param heartbeatInterval how often a distinguished proposer says that it leads
 * @param electionTimeoutMin silence after which an acceptor would rather have another proposer, and
 *     within which a proposer must hear a quorum
 * @param electionTimeoutMax each wait for a proposer is random between the minimum and this
 * @param windowMax slots that are proposed and not known to be chosen; what finds no room waits
 * @param acceptAheadMax slots beyond those chosen that an acceptor votes in; at least twice the
 *     window
 * @param entriesPerMessageMax slots in one message
 * @param bytesPerMessageMax payload bytes in one message; a larger single value travels alone
 * @param proposalsPendingMax proposals taken and not yet answered, beyond which a proposer refuses
 *     with busy
 * @param readsPendingMax reads taken and not yet confirmed, beyond which a proposer refuses with
 *     busy
 * @param gatedEffectsMax effects waiting for the disk, beyond which requests are dropped until it
 *     catches up
 * @param entriesPerApplyMax values handed to the state machine at once
 * @param entriesAheadMax values handed to the state machine and not yet applied
 * @param snapshotAfterEntries applied values after which a snapshot is taken
 * @param snapshotAfterBytes applied payload bytes after which a snapshot is taken
 * @param snapshotTailEntries values kept behind a snapshot, so that slow replicas need no snapshot
 * @param sessionTimeout a client session that the proposer has not heard of for so long is closed
 * @param sessionTimeoutWhenFull the same while the group has as many sessions as it may have; a few
 *     times {@code synod.client.keep-alive-interval}
 * @param leaseReads whether this node, as proposer, answers lease reads without asking a quorum:
 *     only if no member's clock drifts more than clock-drift-max, and all members have the same
 *     election-timeout-min; else such reads may miss writes
 * @param clockDriftMax how much faster or slower than it should the clock of any member runs at
 *     most, as a fraction: what lease reads rely on
 * @param recoveryRecordsMax records that a starting acceptor reads at once
 * @param recoveryBytesMax bytes of records that an acceptor reads at once, at its start or for its
 *     learner
 */
public record MultiPaxosSettings(
    Duration heartbeatInterval,
    Duration electionTimeoutMin,
    Duration electionTimeoutMax,
    int windowMax,
    int acceptAheadMax,
    int entriesPerMessageMax,
    long bytesPerMessageMax,
    int proposalsPendingMax,
    int readsPendingMax,
    int gatedEffectsMax,
    int entriesPerApplyMax,
    int entriesAheadMax,
    long snapshotAfterEntries,
    long snapshotAfterBytes,
    long snapshotTailEntries,
    Duration sessionTimeout,
    Duration sessionTimeoutWhenFull,
    boolean leaseReads,
    double clockDriftMax,
    int recoveryRecordsMax,
    long recoveryBytesMax) {

  /**
   * What a running replica takes anew. Not the minimum election timeout, which leases count on; not
   * how far acceptors vote ahead, which must fit the windows of other nodes.
   */
  public static final Set<String> CHANGEABLE =
      Set.of(
          "synod.paxos.multi.heartbeat-interval",
          "synod.paxos.multi.election-timeout-max",
          "synod.paxos.multi.window-max",
          "synod.paxos.multi.entries-per-message-max",
          "synod.paxos.multi.bytes-per-message-max",
          "synod.paxos.multi.proposals-pending-max",
          "synod.paxos.multi.reads-pending-max",
          "synod.paxos.multi.gated-effects-max",
          "synod.paxos.multi.entries-per-apply-max",
          "synod.paxos.multi.entries-ahead-max",
          "synod.paxos.multi.snapshot-after-entries",
          "synod.paxos.multi.snapshot-after-bytes",
          "synod.paxos.multi.snapshot-tail-entries",
          "synod.paxos.multi.session-timeout",
          "synod.paxos.multi.session-timeout-when-full",
          "synod.paxos.multi.lease-reads",
          "synod.paxos.multi.clock-drift-max");

  private static final Section SECTION = new Section("synod.paxos.multi");

  public MultiPaxosSettings {
    SECTION.positive("heartbeat-interval", heartbeatInterval);
    Section.require(
        heartbeatInterval.multipliedBy(2).compareTo(electionTimeoutMin) <= 0,
        "synod.paxos.multi.heartbeat-interval (%s) must be at most half of election-timeout-min"
            + " (%s), or one lost heartbeat deposes a live proposer",
        heartbeatInterval,
        electionTimeoutMin);
    Section.require(
        electionTimeoutMin.compareTo(electionTimeoutMax) < 0,
        "synod.paxos.multi.election-timeout-min (%s) must be below election-timeout-max (%s), or"
            + " proposers meet again and again",
        electionTimeoutMin,
        electionTimeoutMax);
    Section.require(
        sessionTimeout.compareTo(electionTimeoutMax) > 0
            && sessionTimeoutWhenFull.compareTo(electionTimeoutMax) > 0,
        "synod.paxos.multi.session-timeout (%s) and session-timeout-when-full (%s) must be above"
            + " election-timeout-max (%s), or sessions end while nobody proposes",
        sessionTimeout,
        sessionTimeoutWhenFull,
        electionTimeoutMax);
    SECTION.atLeast("window-max", windowMax, 1);
    Section.require(
        acceptAheadMax / 2 >= windowMax,
        "synod.paxos.multi.accept-ahead-max (%s) must be at least twice window-max (%s): acceptors"
            + " hear late what was chosen",
        acceptAheadMax,
        windowMax);
    Section.require(
        entriesPerApplyMax <= entriesAheadMax,
        "synod.paxos.multi.entries-per-apply-max (%s) must be at most entries-ahead-max (%s)",
        entriesPerApplyMax,
        entriesAheadMax);
    SECTION.atLeast("entries-per-message-max", entriesPerMessageMax, 1);
    SECTION.atLeast("bytes-per-message-max", bytesPerMessageMax, 1);
    SECTION.atLeast("proposals-pending-max", proposalsPendingMax, 1);
    SECTION.atLeast("reads-pending-max", readsPendingMax, 1);
    SECTION.atLeast("gated-effects-max", gatedEffectsMax, 1);
    SECTION.atLeast("entries-per-apply-max", entriesPerApplyMax, 1);
    SECTION.atLeast("snapshot-after-entries", snapshotAfterEntries, 1);
    SECTION.atLeast("snapshot-after-bytes", snapshotAfterBytes, 1);
    SECTION.atLeast("snapshot-tail-entries", snapshotTailEntries, 0);
    Section.require(
        clockDriftMax >= 0 && clockDriftMax < 1,
        "synod.paxos.multi.clock-drift-max must be at least 0 and below 1, but is %s",
        clockDriftMax);
    SECTION.atLeast("recovery-records-max", recoveryRecordsMax, 1);
    SECTION.atLeast("recovery-bytes-max", recoveryBytesMax, 1);
  }

  /**
   * Reads the settings.
   *
   * @param config the contents of {@code synod.paxos.multi}
   * @throws IllegalArgumentException with names and values if they don't go together
   */
  public static MultiPaxosSettings from(Config config) {
    return new MultiPaxosSettings(
        config.getDuration("heartbeat-interval"),
        config.getDuration("election-timeout-min"),
        config.getDuration("election-timeout-max"),
        config.getInt("window-max"),
        config.getInt("accept-ahead-max"),
        config.getInt("entries-per-message-max"),
        config.getBytes("bytes-per-message-max"),
        config.getInt("proposals-pending-max"),
        config.getInt("reads-pending-max"),
        config.getInt("gated-effects-max"),
        config.getInt("entries-per-apply-max"),
        config.getInt("entries-ahead-max"),
        config.getLong("snapshot-after-entries"),
        config.getBytes("snapshot-after-bytes"),
        config.getLong("snapshot-tail-entries"),
        config.getDuration("session-timeout"),
        config.getDuration("session-timeout-when-full"),
        config.getBoolean("lease-reads"),
        config.getDouble("clock-drift-max"),
        config.getInt("recovery-records-max"),
        config.getBytes("recovery-bytes-max"));
  }

  /** How long a proposer's lease runs. */
  public Duration lease() {
    return Lease.length(electionTimeoutMin, clockDriftMax);
  }

  /** Those which the rules see. */
  public SlotLimits limits() {
    return new SlotLimits(windowMax, entriesPerMessageMax, bytesPerMessageMax);
  }
}
