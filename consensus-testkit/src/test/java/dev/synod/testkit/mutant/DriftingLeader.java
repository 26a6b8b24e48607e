package dev.synod.testkit.mutant;

import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Nemesis;

/**
 * A leader is cut off while its clock is as slow, and those of the others are as fast, as is
 * bearable; its own clients go on asking it.
 */
final class DriftingLeader extends Script {

  DriftingLeader(long seed, GroupSettings settings) {
    super(seed, settings);
  }

  DriftingLeader(GroupWorld group, Draw draw) {
    super(group, draw);
  }

  @Override
  void round() {
    var first = leader();
    var others = othersThan(first);
    group.world().machine(first).clockRate(Nemesis.SLOWEST_CLOCK);
    others.forEach(name -> group.world().machine(name).clockRate(1 / Nemesis.SLOWEST_CLOCK));
    runFor(500 + draw.nextLong(200));
    parted(first + " | " + String.join(",", others));
    until(() -> others.stream().anyMatch(this::leads));
    runFor(200);
    group.world().machines().forEach(machine -> machine.clockRate(1));
  }
}
