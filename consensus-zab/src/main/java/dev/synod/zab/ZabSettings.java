package dev.synod.zab;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import dev.synod.zab.protocol.Zxid;
import dev.synod.zab.rules.ZabLimits;
import java.time.Duration;
import java.util.Set;

/**
 * Every knob of one ZAB server, already checked: an instance that exists is valid. Defaults and the
 * same sentences are in {@code reference.conf} under {@code synod.zab}.
 *
 * @param heartbeatInterval how often a leader says that it leads, and those who join it say what
 *     they lack
 * @param leaderTimeout silence after which a follower looks for another leader, and within which a
 *     leader must hear a quorum
 * @param finalizeWait how long an election that a quorum agrees on waits for a better server to
 *     turn up
 * @param notificationInterval how soon a server that looks for a leader says so again, and twice as
 *     long each time after
 * @param notificationIntervalMax and never later than that
 * @param entriesPerProposeMax entries in one message to a follower
 * @param bytesPerProposeMax payload bytes in one message to a follower; a larger single entry
 *     travels alone
 * @param entriesInFlightMax entries sent to one follower and not yet acknowledged
 * @param proposalsPendingMax proposals a leader has taken and not yet answered, beyond which it
 *     refuses with busy
 * @param readsPendingMax reads taken and not yet confirmed, beyond which a server refuses with busy
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
 */
public record ZabSettings(
    Duration heartbeatInterval,
    Duration leaderTimeout,
    Duration finalizeWait,
    Duration notificationInterval,
    Duration notificationIntervalMax,
    int entriesPerProposeMax,
    long bytesPerProposeMax,
    int entriesInFlightMax,
    int proposalsPendingMax,
    int readsPendingMax,
    int gatedEffectsMax,
    int entriesPerApplyMax,
    int entriesAheadMax,
    long snapshotAfterEntries,
    long snapshotAfterBytes,
    long snapshotTailEntries,
    Duration sessionTimeout,
    Duration sessionTimeoutWhenFull) {

  /** What a running replica takes anew. */
  public static final Set<String> CHANGEABLE =
      Set.of(
          "synod.zab.heartbeat-interval",
          "synod.zab.leader-timeout",
          "synod.zab.finalize-wait",
          "synod.zab.notification-interval",
          "synod.zab.notification-interval-max",
          "synod.zab.entries-per-propose-max",
          "synod.zab.bytes-per-propose-max",
          "synod.zab.entries-in-flight-max",
          "synod.zab.proposals-pending-max",
          "synod.zab.reads-pending-max",
          "synod.zab.gated-effects-max",
          "synod.zab.entries-per-apply-max",
          "synod.zab.entries-ahead-max",
          "synod.zab.snapshot-after-entries",
          "synod.zab.snapshot-after-bytes",
          "synod.zab.snapshot-tail-entries",
          "synod.zab.session-timeout",
          "synod.zab.session-timeout-when-full");

  private static final Section SECTION = new Section("synod.zab");

  public ZabSettings {
    SECTION.positive("heartbeat-interval", heartbeatInterval);
    SECTION.positive("finalize-wait", finalizeWait);
    SECTION.positive("notification-interval", notificationInterval);
    Section.require(
        heartbeatInterval.multipliedBy(2).compareTo(leaderTimeout) <= 0,
        "synod.zab.heartbeat-interval (%s) must be at most half of leader-timeout (%s), or one lost"
            + " heartbeat deposes a live leader",
        heartbeatInterval,
        leaderTimeout);
    Section.require(
        notificationInterval.compareTo(notificationIntervalMax) <= 0,
        "synod.zab.notification-interval (%s) must be at most notification-interval-max (%s)",
        notificationInterval,
        notificationIntervalMax);
    Section.require(
        sessionTimeout.compareTo(leaderTimeout) > 0
            && sessionTimeoutWhenFull.compareTo(leaderTimeout) > 0,
        "synod.zab.session-timeout (%s) and session-timeout-when-full (%s) must be above"
            + " leader-timeout (%s), or sessions end while a leader is elected",
        sessionTimeout,
        sessionTimeoutWhenFull,
        leaderTimeout);
    Section.require(
        entriesPerApplyMax <= entriesAheadMax,
        "synod.zab.entries-per-apply-max (%s) must be at most entries-ahead-max (%s)",
        entriesPerApplyMax,
        entriesAheadMax);
    SECTION.atLeast("entries-per-propose-max", entriesPerProposeMax, 1);
    SECTION.atLeast("bytes-per-propose-max", bytesPerProposeMax, 1);
    SECTION.atLeast("entries-in-flight-max", entriesInFlightMax, 1);
    SECTION.atLeast("proposals-pending-max", proposalsPendingMax, 1);
    SECTION.atLeast("reads-pending-max", readsPendingMax, 1);
    SECTION.atLeast("gated-effects-max", gatedEffectsMax, 1);
    SECTION.atLeast("entries-per-apply-max", entriesPerApplyMax, 1);
    SECTION.atLeast("entries-ahead-max", entriesAheadMax, 1);
    SECTION.atLeast("snapshot-after-entries", snapshotAfterEntries, 1);
    SECTION.atLeast("snapshot-after-bytes", snapshotAfterBytes, 1);
    SECTION.atLeast("snapshot-tail-entries", snapshotTailEntries, 0);
  }

  /**
   * Reads the settings.
   *
   * @param config the contents of {@code synod.zab}
   * @throws IllegalArgumentException with names and values if they don't go together
   */
  public static ZabSettings from(Config config) {
    return new ZabSettings(
        config.getDuration("heartbeat-interval"),
        config.getDuration("leader-timeout"),
        config.getDuration("finalize-wait"),
        config.getDuration("notification-interval"),
        config.getDuration("notification-interval-max"),
        config.getInt("entries-per-propose-max"),
        config.getBytes("bytes-per-propose-max"),
        config.getInt("entries-in-flight-max"),
        config.getInt("proposals-pending-max"),
        config.getInt("reads-pending-max"),
        config.getInt("gated-effects-max"),
        config.getInt("entries-per-apply-max"),
        config.getInt("entries-ahead-max"),
        config.getLong("snapshot-after-entries"),
        config.getBytes("snapshot-after-bytes"),
        config.getLong("snapshot-tail-entries"),
        config.getDuration("session-timeout"),
        config.getDuration("session-timeout-when-full"));
  }

  /** Those which the rules see. */
  public ZabLimits limits() {
    return new ZabLimits(entriesPerProposeMax, bytesPerProposeMax, entriesInFlightMax, Zxid.MAX);
  }
}
