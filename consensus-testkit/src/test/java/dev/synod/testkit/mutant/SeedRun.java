package dev.synod.testkit.mutant;

import com.typesafe.config.ConfigFactory;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.raft.RaftLens;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs one seed inside of a {@link MutantLoader}; in and out go only classes that all loaders
 * share.
 */
public final class SeedRun implements Function<Map<String, Object>, String> {

  /** What was broken, as the invariant's name, a colon and its text; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    var base =
        GroupSettings.of(
            Raft.protocol(), new RaftLens(), (int) wanted.get("nodes"), Recovery.raft().total());
    var settings =
        new GroupSettings(
            base.protocol(),
            base.lens(),
            base.nodes(),
            Duration.ofMillis((int) wanted.get("gapMillis")),
            base.recovery(),
            ConfigFactory.parseString((String) wanted.get("settings")).withFallback(base.config()));
    return GroupRun.of(
            (long) wanted.get("seed"),
            settings,
            Profile.valueOf((String) wanted.get("profile")),
            Duration.ofSeconds((int) wanted.get("seconds")))
        .violation()
        .map(violation -> violation.invariant() + ": " + violation)
        .orElse("");
  }
}
