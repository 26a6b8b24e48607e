package dev.synod.testkit.mutant;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.invariant.Change;
import java.util.HashMap;
import java.util.Map;

/**
 * A leader that is cut off appends what will not be; the others compact what they commit instead,
 * so that it gets a snapshot, and its power goes when that is durable, and its own log still says
 * otherwise (Raft §7: discard the entire log).
 */
final class InterruptedInstall extends Script {

  private final Map<String, Long> snapshots = new HashMap<>();

  InterruptedInstall(long seed, GroupSettings settings) {
    super(seed, settings);
    group
        .watch()
        .listener(
            change -> {
              if (change instanceof Change.Snapshotted one) {
                snapshots.merge(one.node(), one.index(), Math::max);
              }
            });
  }

  @Override
  void round() {
    var first = leader();
    var machine = group.world().machine(first);
    var others = othersThan(first);
    machine.clockRate(0.4);
    parted(first + " | " + String.join(",", others));
    until(() -> others.stream().anyMatch(this::leads));
    long parted = group.watch().replica(first).committed();
    until(() -> others.stream().allMatch(node -> group.watch().replica(node).base() > parted));
    machine.clockRate(1);
    long before = snapshots.getOrDefault(first, 0L);
    group.world().network().links().mendAll();
    until(() -> snapshots.getOrDefault(first, 0L) > before);
    machine.crash(Tear.NOTHING_KEPT);
    machine.boot();
    runFor(500 + draw.nextLong(500));
  }
}
