package dev.synod.testkit.crdt;

import com.typesafe.config.Config;
import dev.synod.core.GroupId;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.ReplicatorSetup;
import dev.synod.crdt.actor.StoreSettings;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.store.LogReplicaStore;
import dev.synod.log.LogPorts;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.Behavior;

/** The stores of replicators on the disks of machines. */
final class MachineStore {

  private static final GroupId GROUP = new GroupId("crdt-simulated");
  private static final int READ_BYTES = 512;
  private static final MemoryDisk.Tear[] TEARS = MemoryDisk.Tear.values();

  /** Segments of 16 KiB, and entries so small that many records take several. */
  private static final LogSettings TIGHT =
      new LogSettings(16_384, 300, 4096, 64, 0, 256, 65_536, 65_536, 4096, 50, 1, 4096, 2);

  /** What a write to another shard's disk takes at most, if each shard has one: rarely little. */
  private static final Duration LATENCY_MAX = Duration.ofMillis(300);

  private final StoreSettings settings;
  private final boolean isApart;
  private final Map<String, List<NodeLog>> logs = new HashMap<>();
  private final Map<String, MemoryDisk> disks = new TreeMap<>();

  /**
   * @param isApart whether the shards of a machine have a disk each, so that a crash may lose the
   *     end of what one has and nothing of another; else they have groups of one log
   */
  MachineStore(Config config, boolean isApart) {
    this.settings = StoreSettings.from(config.getConfig("synod.crdt.store"));
    this.isApart = isApart;
  }

  /**
   * Replicators that keep their values on that machine's disk.
   *
   * @param shards of each one, by their numbers
   * @throws dev.synod.log.LogException if the disk can't be used
   */
  List<Behavior<ToReplicator>> behaviors(Machine machine, List<ReplicatorSetup> shards) {
    var opened = new ArrayList<NodeLog>();
    logs.put(machine.name(), opened);
    var behaviors = new ArrayList<Behavior<ToReplicator>>();
    for (var setup : shards) {
      int shard = setup.shard().number();
      if (shard == 0) {
        opened.add(open(machine, machine.disk().memory(), machine.writer()));
      } else if (isApart) {
        opened.add(open(machine, diskOf(machine, shard), slowWriter(machine)));
      }
      var log = opened.get(opened.size() - 1);
      var group = shard == 0 ? GROUP : new GroupId(GROUP.name() + shard);
      var store =
          new LogReplicaStore(
              log.group(group), log.snapshots(group), machine.host(), READ_BYTES, () -> {});
      behaviors.add(Replicator.behavior(setup, store, settings));
    }
    return behaviors;
  }

  private static NodeLog open(Machine machine, MemoryDisk disk, Executor writer) {
    return NodeLog.open(
        TIGHT, LogPorts.of(disk, writer, machine.host(), new Draw(machine.chance().nextLong())));
  }

  /** That loses what was not synced with the machine's power, as a tear of its own says. */
  private MemoryDisk diskOf(Machine machine, int shard) {
    var tears = machine.engine().chance(machine.name() + " tears");
    machine.afterPowerOff(
        () ->
            disks.forEach(
                (name, disk) -> {
                  if (name.startsWith(machine.name() + " ")) {
                    disk.crash(TEARS[tears.nextInt(TEARS.length)]);
                  }
                }));
    String name = machine.name() + " disk of shard " + shard;
    return disks.computeIfAbsent(name, it -> new MemoryDisk(machine.engine().chance(it)));
  }

  private static Executor slowWriter(Machine machine) {
    var late = new Draw(machine.chance().nextLong());
    var host = machine.host();
    return task ->
        machine
            .engine()
            .after(
                Duration.ofNanos(1 + late.nextLong(1 + late.nextLong(LATENCY_MAX.toNanos()))),
                () -> host.execute(task));
  }

  /** Whether the machine's disk failed under its replicators, which have stopped then. */
  boolean hasFailed(String machine) {
    return logs.getOrDefault(machine, List.of()).stream()
        .anyMatch(log -> log.failure().isPresent());
  }
}
