package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Locale;
import java.util.Map;

/**
 * What a mutant is simulated under.
 *
 * @param founders if fewer than the nodes, administrators move the group among all of them
 * @param witnesses so many of the last founders keep no state
 * @param seconds of virtual time with faults
 * @param course where the faults come from
 * @param settings of the configuration, above those of the simulation
 */
record Conditions(
    int nodes,
    int founders,
    int witnesses,
    Profile profile,
    int seconds,
    int gapMillis,
    Course course,
    String settings)
    implements Search {

  Conditions(
      int nodes,
      int founders,
      Profile profile,
      int seconds,
      int gapMillis,
      Course course,
      String settings) {
    this(nodes, founders, 0, profile, seconds, gapMillis, course, settings);
  }

  /** Where the faults come from. */
  enum Course {
    /** The nemesis draws them by the profile. */
    PROFILE,
    /** The same, and settings are changed meanwhile. */
    RETUNED,
    DUEL,
    FIGURE_8,
    LONELY_LEADER,
    FORGETFUL,
    DRIFTING_LEADER,
    RETUNED_LEASE,
    HANDOVER,
    LONGER_LOG,
    INTERRUPTED_INSTALL,
    LATE_NEWCOMER,
    QUORUM_LOST,
    BACKED_UP
  }

  static final Conditions STORM = new Conditions(3, 3, Profile.STORM, 20, 100, Course.PROFILE, "");

  static final Conditions FIVE = new Conditions(5, 5, Profile.STORM, 20, 100, Course.PROFILE, "");

  /** No leader lasts, a message for each entry, a snapshot every second. */
  static final Conditions DUEL =
      new Conditions(
          3,
          3,
          Profile.STORM,
          8,
          30,
          Course.DUEL,
          """
          synod.raft {
            heartbeat-interval = 12ms
            election-timeout-min = 35ms
            election-timeout-max = 80ms
            entries-per-append-max = 1
            appends-in-flight-max = 2
            snapshot-after-entries = 25
            snapshot-tail-entries = 5
          }
          """);

  static final Conditions FIGURE_8 =
      new Conditions(
          3,
          3,
          Profile.CALM,
          0,
          10,
          Course.FIGURE_8,
          """
          synod.raft {
            heartbeat-interval = 40ms
            election-timeout-min = 150ms
            election-timeout-max = 300ms
            entries-per-append-max = 1
            appends-in-flight-max = 1
          }
          """);

  static final Conditions BUSY = new Conditions(3, 3, Profile.STORM, 20, 20, Course.PROFILE, "");

  /** A snapshot every few entries, and almost nothing kept of the log before it. */
  static final Conditions SNAPSHOTS =
      BUSY.with("synod.raft { snapshot-after-entries = 20, snapshot-tail-entries = 2 }");

  /** No leases: such a clock breaks any. */
  static final Conditions LONELY_LEADER =
      new Conditions(
          3, 3, Profile.CALM, 0, 5, Course.LONELY_LEADER, "synod.raft.lease-reads = off");

  /** As {@link #LONELY_LEADER}, with a follower on its side. */
  static final Conditions LONELY_PAIR =
      new Conditions(
          5, 5, Profile.CALM, 0, 5, Course.LONELY_LEADER, "synod.raft.lease-reads = off");

  static final Conditions DRIFTING_LEADER =
      new Conditions(3, 3, Profile.CALM, 0, 5, Course.DRIFTING_LEADER, "");

  /** Clocks are trusted too much, until somebody says so. */
  static final Conditions RETUNED_LEASE =
      new Conditions(
          3, 3, Profile.CALM, 0, 5, Course.RETUNED_LEASE, "synod.raft.clock-drift-max = 0");

  /** Settings change all the time, and much is asked for. */
  static final Conditions RETUNED =
      new Conditions(
          3, 3, Profile.STORM, 20, 5, Course.RETUNED, "synod.raft.entries-per-apply-max = 4");

  /** Seldom are requests: a client whose command is refused by the old leader asks it no more. */
  static final Conditions HANDOVER = new Conditions(3, 3, Profile.CALM, 0, 40, Course.HANDOVER, "");

  /** A group in memory, whose members come and go. */
  static final Conditions FORGETFUL =
      new Conditions(3, 3, Profile.FLAKY, 0, 0, Course.FORGETFUL, "");

  /** Five members, of which one survives, and an application on a sixth machine. */
  static final Conditions QUORUM_LOST =
      new Conditions(6, 5, Profile.CALM, 0, 0, Course.QUORUM_LOST, "");

  /** Three members, and applications on two more machines. */
  static final Conditions BACKED_UP =
      new Conditions(5, 3, Profile.FLAKY, 0, 0, Course.BACKED_UP, "");

  /** So little may wait anywhere that every bound is met. */
  static final Conditions NARROW =
      new Conditions(
          3,
          3,
          Profile.STORM,
          20,
          10,
          Course.PROFILE,
          """
          synod.raft {
            gated-effects-max = 4
            proposals-pending-max = 4
            reads-pending-max = 2
            entries-ahead-max = 4
            entries-per-apply-max = 2
            entries-per-append-max = 1
          }
          """);

  /** Little may wait for the disk, and much is asked for. */
  static final Conditions SMALL_GATE = BUSY.with("synod.raft.gated-effects-max = 4");

  static final Conditions LONGER_LOG =
      new Conditions(3, 3, Profile.CALM, 0, 5, Course.LONGER_LOG, "");

  /** Snapshots often enough for a log that is cut off to reach beyond one. */
  static final Conditions INTERRUPTED_INSTALL =
      new Conditions(
          3,
          3,
          Profile.CALM,
          0,
          5,
          Course.INTERRUPTED_INSTALL,
          "synod.raft { snapshot-after-entries = 10, snapshot-tail-entries = 2 }");

  /** Administrators move a group of three among five nodes all the time. */
  static final Conditions MEMBERS =
      new Conditions(5, 3, Profile.STORM, 20, 100, Course.PROFILE, "");

  /** Three members let in two more, one after the other. */
  static final Conditions LATE_NEWCOMER =
      new Conditions(5, 3, Profile.CALM, 0, 0, Course.LATE_NEWCOMER, "");

  /** Two replicas and a witness. */
  static final Conditions WITNESS =
      new Conditions(3, 3, 1, Profile.STORM, 20, 100, Course.PROFILE, "");

  /** The same, with a snapshot every few entries, and almost nothing kept of the log before it. */
  static final Conditions WITNESS_SNAPSHOTS =
      new Conditions(
          3,
          3,
          1,
          Profile.STORM,
          20,
          20,
          Course.PROFILE,
          "synod.raft { snapshot-after-entries = 20, snapshot-tail-entries = 2 }");

  /** Administrators move a group of two and a witness among five nodes, and let in others. */
  static final Conditions WITNESS_MEMBERS =
      new Conditions(5, 3, 1, Profile.STORM, 20, 100, Course.PROFILE, "");

  static final Conditions SHORT_SESSIONS =
      BUSY.with(
          """
          synod.raft.session-timeout = 800ms
          synod.client { keep-alive-interval = 300ms, attempt-timeout = 400ms, ask-timeout = 5s }
          """);

  Conditions with(String moreSettings) {
    return new Conditions(
        nodes,
        founders,
        witnesses,
        profile,
        seconds,
        gapMillis,
        course,
        settings + "\n" + moreSettings);
  }

  @Override
  public String run() {
    return SeedRun.class.getName();
  }

  @Override
  public Map<String, Object> wanted(long seed) {
    return Map.of(
        "seed",
        seed,
        "nodes",
        nodes,
        "founders",
        founders,
        "witnesses",
        witnesses,
        "profile",
        profile.name(),
        "seconds",
        seconds,
        "gapMillis",
        gapMillis,
        "course",
        course.name(),
        "settings",
        settings);
  }

  @Override
  public String toString() {
    var name = course == Course.PROFILE ? profile.name() : course.name();
    var moving = founders < nodes ? "members come and go, " : "";
    var witnessed = witnesses > 0 ? "with %d witness, ".formatted(witnesses) : "";
    return "%d nodes, %s%s%s"
        .formatted(nodes, witnessed, moving, name.toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
