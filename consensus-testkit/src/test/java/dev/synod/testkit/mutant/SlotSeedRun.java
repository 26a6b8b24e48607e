package dev.synod.testkit.mutant;

import com.typesafe.config.ConfigFactory;
import dev.synod.paxos.Paxos;
import dev.synod.paxos.QuorumSystem;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.cluster.Retuning;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.paxos.PaxosLens;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Simulates one seed of a Multi-Paxos group with whichever rules and actors are loaded; in and out
 * go only classes that all class loaders share.
 */
public final class SlotSeedRun implements Function<Map<String, Object>, String> {

  /** Where the faults come from. */
  enum Course {
    /** The nemesis draws them by the profile. */
    PROFILE,
    /** The same, and settings are changed meanwhile. */
    RETUNED,
    /** The same, and administrators move a group of three among all nodes. */
    MOVING,
    DRIFTING_LEADER,
    TURNED_VOTER
  }

  private static final int FOUNDERS = 3;
  private static final int ALPHA = 7;
  private static final Duration LENGTH = Duration.ofSeconds(20);

  /** What was broken, as the invariant's name, a colon and its text; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    return run(wanted).map(violation -> violation.invariant() + ": " + violation.text()).orElse("");
  }

  private static Optional<Violation> run(Map<String, Object> wanted) {
    int prepare = (int) wanted.get("prepare");
    var quorums =
        prepare == 0
            ? QuorumSystem.majorities()
            : QuorumSystem.sizes(prepare, (int) wanted.get("accept"));
    var base =
        GroupSettings.of(
            Paxos.protocol(quorums),
            new PaxosLens(quorums),
            (int) wanted.get("nodes"),
            Recovery.raft().total());
    var settings =
        new GroupSettings(
            base.protocol(),
            base.lens(),
            base.nodes(),
            Duration.ofMillis((int) wanted.get("gapMillis")),
            base.recovery(),
            ConfigFactory.parseString((String) wanted.get("configuration"))
                .withFallback(base.config()));
    var profile = Profile.valueOf((String) wanted.get("profile"));
    long seed = (long) wanted.get("seed");
    return switch (Course.valueOf((String) wanted.get("course"))) {
      case PROFILE -> GroupRun.of(seed, settings, profile, LENGTH).violation();
      case RETUNED -> retuned(seed, settings, profile);
      case MOVING -> moving(seed, settings, profile);
      case DRIFTING_LEADER -> new DriftingLeader(seed, settings).run(LinkQuality.GOOD);
      case TURNED_VOTER -> new TurnedVoter(seed, settings).run(LinkQuality.GOOD);
    };
  }

  private static Optional<Violation> moving(long seed, GroupSettings settings, Profile profile) {
    var quorums = QuorumSystem.majorities();
    var moving =
        new GroupSettings(
            Paxos.protocol(quorums, ALPHA),
            new PaxosLens(quorums, ALPHA),
            settings.nodes(),
            FOUNDERS,
            0,
            settings.requestGapMean(),
            settings.recovery(),
            settings.config());
    return GroupRun.of(seed, moving, profile, LENGTH).violation();
  }

  private static Optional<Violation> retuned(long seed, GroupSettings settings, Profile profile) {
    var schedule = GroupRun.schedule(seed, settings, profile, LENGTH);
    return GroupRun.of(seed, settings, profile, LENGTH, schedule, Retuning.paxos(LENGTH))
        .violation();
  }
}
