package dev.synod.testkit.mutant;

import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.zab.ZabLens;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Simulates one seed of a group on ZAB with whichever rules and actors are loaded; in and out go
 * only classes that all class loaders share.
 */
public final class ZabSeedRun implements Function<Map<String, Object>, String> {

  private static final Duration LENGTH = Duration.ofSeconds(20);

  /** What was broken, as the invariant's name, a colon and its text; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    return run(wanted).map(violation -> violation.invariant() + ": " + violation.text()).orElse("");
  }

  private static Optional<Violation> run(Map<String, Object> wanted) {
    var base =
        GroupSettings.of(
            Zab.protocol(), new ZabLens(), (int) wanted.get("nodes"), Recovery.raft().total());
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
    return GroupRun.of(seed, settings, profile, LENGTH).violation();
  }
}
