package dev.synod.testkit.mutant;

import dev.synod.testkit.cluster.GroupSettings;

/**
 * A leader is cut off, with as many followers as are no majority, and its clock is slow, so that it
 * leads on while the others elect the next one; the clients on its side go on asking.
 */
final class LonelyLeader extends Script {

  LonelyLeader(long seed, GroupSettings settings) {
    super(seed, settings);
  }

  @Override
  void round() {
    var first = leader();
    group.world().machine(first).clockRate(0.4);
    var others = othersThan(first);
    int companions = others.size() / 2 - 1;
    var side = String.join(",", others.subList(0, companions));
    var rest = others.subList(companions, others.size());
    parted(first + (side.isEmpty() ? "" : "," + side) + " | " + String.join(",", rest));
    until(() -> rest.stream().anyMatch(this::leads));
    runFor(100 + draw.nextLong(200));
    group.world().machine(first).clockRate(1);
  }
}
