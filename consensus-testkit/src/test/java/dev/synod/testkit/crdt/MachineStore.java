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
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.world.Machine;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;

/** The stores of replicators on the disks of machines. */
final class MachineStore {

  private static final GroupId GROUP = new GroupId("crdt-simulated");
  private static final int READ_BYTES = 512;

  /** Segments of 16 KiB, and entries so small that many records take several. */
  private static final LogSettings TIGHT =
      new LogSettings(16_384, 300, 4096, 64, 0, 256, 65_536, 65_536, 4096, 50, 1, 4096, 2);

  private final StoreSettings settings;
  private final Map<String, NodeLog> logs = new HashMap<>();

  MachineStore(Config config) {
    this.settings = StoreSettings.from(config.getConfig("synod.crdt.store"));
  }

  /**
   * A replicator that keeps its values on that machine's disk.
   *
   * @throws dev.synod.log.LogException if the disk can't be used
   */
  Behavior<ToReplicator> behavior(Machine machine, ReplicatorSetup setup) {
    var ports =
        LogPorts.of(
            machine.disk().memory(),
            machine.writer(),
            machine.host(),
            new Draw(machine.chance().nextLong()));
    var log = NodeLog.open(TIGHT, ports);
    logs.put(machine.name(), log);
    var store =
        new LogReplicaStore(
            log.group(GROUP), log.snapshots(GROUP), machine.host(), READ_BYTES, () -> {});
    return Replicator.behavior(setup, store, settings);
  }

  /** Whether the machine's disk failed under its replicator, which has stopped then. */
  boolean hasFailed(String machine) {
    var log = logs.get(machine);
    return log != null && log.failure().isPresent();
  }
}
