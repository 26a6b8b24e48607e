package dev.synod.testkit.mutant;

import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.cluster.GroupSettings;
import java.time.Duration;

/**
 * As {@link DriftingLeader}, of a group that trusted clocks more than they deserve until it was
 * told better while it ran.
 */
final class RetunedLease extends Script {

  private final DriftingLeader drifting;

  RetunedLease(long seed, GroupSettings settings) {
    super(seed, settings);
    this.drifting = new DriftingLeader(group, draw);
  }

  @Override
  void round() {
    leader();
    var truth = ConfigFactory.parseString("synod.raft.clock-drift-max = 0.25");
    group.world().names().forEach(name -> group.node(name).orElseThrow().change(truth));
    group.runFor(Duration.ofMillis(10));
    drifting.round();
  }
}
