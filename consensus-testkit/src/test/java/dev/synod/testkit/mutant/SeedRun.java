package dev.synod.testkit.mutant;

import com.typesafe.config.ConfigFactory;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.cluster.Retuning;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs one seed inside of a {@link MutantLoader}; in and out go only classes that all loaders
 * share.
 */
public final class SeedRun implements Function<Map<String, Object>, String> {

  /** Messages take long enough for two that follow each other to be cut apart. */
  private static final LinkQuality FAR =
      new LinkQuality(Duration.ofMillis(5), Duration.ofMillis(3), 0, 0, 0, Duration.ZERO);

  /** What was broken, as the invariant's name, a colon and its text; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    return run(wanted).map(violation -> violation.invariant() + ": " + violation.text()).orElse("");
  }

  private static Optional<Violation> run(Map<String, Object> wanted) {
    var base =
        GroupSettings.of(
            Raft.protocol(), new RaftLens(), (int) wanted.get("nodes"), Recovery.raft().total());
    var settings =
        new GroupSettings(
            base.protocol(),
            base.lens(),
            base.nodes(),
            (int) wanted.get("founders"),
            (int) wanted.get("witnesses"),
            Duration.ofMillis((int) wanted.get("gapMillis")),
            base.recovery(),
            ConfigFactory.parseString((String) wanted.get("settings")).withFallback(base.config()));
    long seed = (long) wanted.get("seed");
    var profile = Profile.valueOf((String) wanted.get("profile"));
    var length = Duration.ofSeconds((int) wanted.get("seconds"));
    return switch (Conditions.Course.valueOf((String) wanted.get("course"))) {
      case PROFILE -> GroupRun.of(seed, settings, profile, length).violation();
      case DUEL ->
          GroupRun.of(
                  seed, settings, profile, length, Duel.schedule(settings.nodes(), length, seed))
              .violation();
      case RETUNED -> retuned(seed, settings, profile, length);
      case FIGURE_8 -> new Figure8(seed, settings).run(FAR);
      case FORGETFUL -> new Forgetful(seed, profile, settings).run();
      case LONELY_LEADER -> new LonelyLeader(seed, settings).run(LinkQuality.GOOD);
      case DRIFTING_LEADER -> new DriftingLeader(seed, settings).run(LinkQuality.GOOD);
      case RETUNED_LEASE -> new RetunedLease(seed, settings).run(LinkQuality.GOOD);
      case HANDOVER -> new CutHandover(seed, settings).run(FAR);
      case LONGER_LOG -> new LongerLog(seed, settings).run(LinkQuality.GOOD);
      case LATE_NEWCOMER -> new LateNewcomer(seed, profile, settings).run();
      case QUORUM_LOST -> new QuorumLost(seed, profile, settings).run();
      case BACKED_UP -> new BackedUp(seed, profile, settings).run();
      case INTERRUPTED_INSTALL -> new InterruptedInstall(seed, settings).run(LinkQuality.GOOD);
    };
  }

  private static Optional<Violation> retuned(
      long seed, GroupSettings settings, Profile profile, Duration length) {
    var schedule = GroupRun.schedule(seed, settings, profile, length);
    return GroupRun.of(seed, settings, profile, length, schedule, Retuning.raft(length))
        .violation();
  }
}
