package dev.synod.testkit.mutant;

import dev.synod.testkit.cluster.GroupSettings;

/**
 * A leader that is cut off, with a slow clock, appends more than the one that follows it commits;
 * then both may ask the third for its vote, and only one has what is committed (Raft §5.4.1: the
 * later term wins, not the longer log).
 */
final class LongerLog extends Script {

  LongerLog(long seed, GroupSettings settings) {
    super(seed, settings);
  }

  @Override
  void round() {
    var first = leader();
    var others = othersThan(first);
    group.world().machine(first).clockRate(0.4);
    parted(first + " | " + String.join(",", others));
    until(() -> others.stream().anyMatch(this::leads));
    var second = leads(others.get(0)) ? others.get(0) : others.get(1);
    var third = second.equals(others.get(0)) ? others.get(1) : others.get(0);
    long before = group.watch().replica(second).committed();
    until(() -> group.watch().replica(third).committed() > before);
    parted(second + " | " + first + "," + third);
    group.world().machine(first).clockRate(1);
    until(() -> !leads(first));
    until(() -> leads(first) || leads(third));
    runFor(draw.nextLong(200));
  }
}
