package dev.synod.raft;

import com.typesafe.config.Config;
import dev.synod.actors.replica.Lease;
import dev.synod.actors.settings.Section;
import dev.synod.raft.rules.ReplicationLimits;
import java.time.Duration;
import java.util.Set;

/**
 * Every knob of one Raft replica, already checked: an instance that exists is valid. Defaults and
 * the same sentences are in {@code reference.conf} under {@code synod.raft}.
 *
 * @param heartbeatInterval how often a leader says that it leads
 * @param electionTimeoutMin silence after which a follower may vote for another, and within which a
 *     leader must hear a quorum
 * @param electionTimeoutMax each wait for a leader is random between the minimum and this
 * @param entriesPerAppendMax entries in one message to a follower
 * @param bytesPerAppendMax payload bytes in one message to a follower; a larger single entry
 *     travels alone
 * @param appendsInFlightMax unanswered messages with entries to one follower
 * @param proposalsPendingMax proposals a leader has taken and not yet answered, beyond which it
 *     refuses with busy
 * @param readsPendingMax reads a leader has taken and not yet confirmed, beyond which it refuses
 *     with busy
 * @param gatedEffectsMax effects waiting for the disk, beyond which messages of peers are dropped
 *     until it catches up
 * @param entriesPerApplyMax entries handed to the state machine at once
 * @param entriesAheadMax entries handed to the state machine and not yet applied
 * @param snapshotAfterEntries applied entries after which a snapshot is taken
 * @param snapshotAfterBytes applied payload bytes after which a snapshot is taken
 * @param snapshotTailEntries entries kept behind a snapshot, so that slow followers need no
 *     snapshot
 * @param sessionTimeout a client session that the leader has not heard of for so long is closed
 * @param sessionTimeoutWhenFull the same while the group has as many sessions as it may have; a few
 *     times {@code synod.client.keep-alive-interval}
 * @param priority how much this node is wanted as leader: leaders hand over to members of a higher
 *     priority that have caught up; 0 never stands for election by itself, except as the only voter
 * @param leaseReads whether this node, as leader, answers lease reads without asking a quorum: only
 *     if no member's clock drifts more than clock-drift-max, and all members have the same
 *     election-timeout-min; else such reads may miss writes
 * @param clockDriftMax how much faster or slower than it should the clock of any member runs at
 *     most, as a fraction: what lease reads rely on
 */
public record RaftSettings(
    Duration heartbeatInterval,
    Duration electionTimeoutMin,
    Duration electionTimeoutMax,
    int entriesPerAppendMax,
    long bytesPerAppendMax,
    int appendsInFlightMax,
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
    int priority,
    boolean leaseReads,
    double clockDriftMax) {

  /**
   * What a running replica takes anew. Not the minimum election timeout: a vote that a lease counts
   * on was promised for as long as it was, and leaders go by it as if it were that of all members.
   */
  public static final Set<String> CHANGEABLE =
      Set.of(
          "synod.raft.heartbeat-interval",
          "synod.raft.election-timeout-max",
          "synod.raft.entries-per-append-max",
          "synod.raft.bytes-per-append-max",
          "synod.raft.appends-in-flight-max",
          "synod.raft.proposals-pending-max",
          "synod.raft.reads-pending-max",
          "synod.raft.gated-effects-max",
          "synod.raft.entries-per-apply-max",
          "synod.raft.entries-ahead-max",
          "synod.raft.snapshot-after-entries",
          "synod.raft.snapshot-after-bytes",
          "synod.raft.snapshot-tail-entries",
          "synod.raft.session-timeout",
          "synod.raft.session-timeout-when-full",
          "synod.raft.priority",
          "synod.raft.lease-reads",
          "synod.raft.clock-drift-max");

  private static final Section SECTION = new Section("synod.raft");

  public RaftSettings {
    SECTION.positive("heartbeat-interval", heartbeatInterval);
    Section.require(
        heartbeatInterval.multipliedBy(2).compareTo(electionTimeoutMin) <= 0,
        "synod.raft.heartbeat-interval (%s) must be at most half of election-timeout-min (%s), or"
            + " one lost heartbeat deposes a live leader",
        heartbeatInterval,
        electionTimeoutMin);
    Section.require(
        electionTimeoutMin.compareTo(electionTimeoutMax) < 0,
        "synod.raft.election-timeout-min (%s) must be below election-timeout-max (%s), or votes are"
            + " split again and again",
        electionTimeoutMin,
        electionTimeoutMax);
    Section.require(
        sessionTimeout.compareTo(electionTimeoutMax) > 0,
        "synod.raft.session-timeout (%s) must be above election-timeout-max (%s), or sessions end"
            + " while a leader is elected",
        sessionTimeout,
        electionTimeoutMax);
    Section.require(
        sessionTimeoutWhenFull.compareTo(electionTimeoutMax) > 0,
        "synod.raft.session-timeout-when-full (%s) must be above election-timeout-max (%s), or"
            + " sessions end while a leader is elected",
        sessionTimeoutWhenFull,
        electionTimeoutMax);
    Section.require(
        entriesPerApplyMax <= entriesAheadMax,
        "synod.raft.entries-per-apply-max (%s) must be at most entries-ahead-max (%s)",
        entriesPerApplyMax,
        entriesAheadMax);
    SECTION.atLeast("entries-per-append-max", entriesPerAppendMax, 1);
    SECTION.atLeast("bytes-per-append-max", bytesPerAppendMax, 1);
    SECTION.atLeast("appends-in-flight-max", appendsInFlightMax, 1);
    SECTION.atLeast("proposals-pending-max", proposalsPendingMax, 1);
    SECTION.atLeast("reads-pending-max", readsPendingMax, 1);
    SECTION.atLeast("gated-effects-max", gatedEffectsMax, 1);
    SECTION.atLeast("entries-per-apply-max", entriesPerApplyMax, 1);
    SECTION.atLeast("snapshot-after-entries", snapshotAfterEntries, 1);
    SECTION.atLeast("snapshot-after-bytes", snapshotAfterBytes, 1);
    SECTION.atLeast("snapshot-tail-entries", snapshotTailEntries, 0);
    SECTION.atLeast("priority", priority, 0);
    Section.require(
        clockDriftMax >= 0 && clockDriftMax < 1,
        "synod.raft.clock-drift-max must be at least 0 and below 1, but is %s",
        clockDriftMax);
  }

  /**
   * Reads the settings.
   *
   * @param config the contents of {@code synod.raft}
   * @throws IllegalArgumentException with names and values if they don't go together
   */
  public static RaftSettings from(Config config) {
    return new RaftSettings(
        config.getDuration("heartbeat-interval"),
        config.getDuration("election-timeout-min"),
        config.getDuration("election-timeout-max"),
        config.getInt("entries-per-append-max"),
        config.getBytes("bytes-per-append-max"),
        config.getInt("appends-in-flight-max"),
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
        config.getInt("priority"),
        config.getBoolean("lease-reads"),
        config.getDouble("clock-drift-max"));
  }

  /** How long a leader's lease runs. */
  public Duration lease() {
    return Lease.length(electionTimeoutMin, clockDriftMax);
  }

  /** Those which the rules see. */
  public ReplicationLimits limits() {
    return new ReplicationLimits(entriesPerAppendMax, bytesPerAppendMax, appendsInFlightMax);
  }
}
