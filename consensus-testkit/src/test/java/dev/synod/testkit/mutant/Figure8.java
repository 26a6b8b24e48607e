package dev.synod.testkit.mutant;

import dev.synod.testkit.cluster.GroupSettings;

/**
 * Figure 8 of the Raft paper: a leader appends alone; another is elected and appends alone; the
 * first leads again and replicates its old entries, but nothing of its new term; the second leads
 * again and replaces them.
 */
final class Figure8 extends Script {

  Figure8(long seed, GroupSettings settings) {
    super(seed, settings);
  }

  @Override
  void round() {
    var first = leader();
    var others = othersThan(first);
    parted(first + " | " + String.join(",", others));
    until(() -> others.stream().anyMatch(this::leads));
    parted("n1 | n2 | n3");
    var second = leads(others.get(0)) ? others.get(0) : others.get(1);
    var third = second.equals(others.get(0)) ? others.get(1) : others.get(0);
    runFor(10);
    parted(second + " | " + first + "," + third);
    until(() -> leads(first));
    runFor(draw.nextLong(60));
    parted(first + " | " + second + "," + third);
    until(() -> leads(second));
  }
}
