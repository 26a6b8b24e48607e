package dev.synod.testkit.mutant;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Nemesis;

/**
 * A replica hears no proposer for a while; another one, which has just answered that one, and so
 * given it a lease, is heard by the first replica only from now on, perhaps after a restart.
 */
final class TurnedVoter extends Script {

  TurnedVoter(long seed, GroupSettings settings) {
    super(seed, settings);
  }

  @Override
  void round() {
    var first = leader();
    var others = othersThan(first);
    var usurper = others.get(0);
    var voter = others.get(1);
    group.world().machine(first).clockRate(Nemesis.SLOWEST_CLOCK);
    parted(first + "," + voter + " | " + usurper);
    runFor(250 + draw.nextLong(350));
    if (draw.nextLong(2) == 0) {
      var machine = group.world().machine(voter);
      machine.crash(Tear.NOTHING_KEPT);
      machine.boot();
    }
    parted(first + " | " + usurper + "," + voter);
    runFor(500);
    group.world().machine(first).clockRate(1);
  }
}
