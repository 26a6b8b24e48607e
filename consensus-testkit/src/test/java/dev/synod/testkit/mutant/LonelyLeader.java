package dev.synod.testkit.mutant;

import dev.synod.testkit.cluster.GroupSettings;

/**
 * A leader is cut off, and its clock is slow, so that it leads on while the others elect the next
 * one; its own clients go on asking it.
 */
final class LonelyLeader extends Script {

  LonelyLeader(long seed, GroupSettings settings) {
    super(seed, settings);
  }

  @Override
  void round() {
    var first = leader();
    group.world().machine(first).clockRate(0.4);
    parted(first + " | " + String.join(",", othersThan(first)));
    until(() -> othersThan(first).stream().anyMatch(this::leads));
    runFor(100 + draw.nextLong(200));
    group.world().machine(first).clockRate(1);
  }
}
