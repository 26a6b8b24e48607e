package dev.synod.testkit.cluster;

import dev.synod.actors.Members;
import dev.synod.actors.Storage;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.meters.Meters;
import dev.synod.actors.node.ConsensusNode;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.NodePorts;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.log.LogObserver;
import dev.synod.log.LogPorts;
import dev.synod.log.LogStore;
import dev.synod.log.MemorySettings;
import dev.synod.log.MemoryStore;
import dev.synod.log.NodeLog;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.serialization.SerializationExtension;

/** The shipped node on a simulated machine. */
public final class Nodes {

  private Nodes() {}

  /** The members that so many machines make. */
  public static Members members(int count) {
    return new Members(
        World.names(count).stream()
            .map(name -> new NodeAddress(name, Machine.addressOf(name)))
            .toList());
  }

  /**
   * Opens the machine's log and starts a node on it.
   *
   * @throws dev.synod.log.LogException if the disk can't be used
   */
  public static ConsensusNode start(Machine machine) {
    var system = machine.engine().system();
    var settings = ConsensusSettings.of(system);
    var log =
        NodeLog.open(
            settings.log(),
            new LogPorts(
                machine.disk().memory(),
                machine.writer(),
                machine.host(),
                new Draw(machine.chance().nextLong()),
                LogObserver.NONE,
                machine::nanoTime));
    return ConsensusNode.start(
        new NodePorts(
            machine.address(),
            new Site(machine, log, settings.memory()),
            machine.name(),
            machine.peers(),
            SerializationExtension.get(system),
            machine.chance(),
            machine::nanoTime,
            machine.host(),
            Meters.NONE,
            new Spawner(machine)),
        settings);
  }

  /** What the machine has to keep groups in; a store in memory lasts until it crashes. */
  private record Site(Machine machine, LogStore disk, MemorySettings settings)
      implements Storage.Site {

    @Override
    public LogStore memory() {
      return new MemoryStore(StoreId.random(machine.chance()), settings);
    }

    @Override
    public ActorSystem<?> system() {
      return machine.engine().system();
    }
  }

  private record Spawner(Machine machine) implements NodePorts.Spawner {

    @Override
    public ActorRef<NodeMessage> node(Behavior<NodeMessage> behavior) {
      return machine.spawnFront(behavior);
    }

    @Override
    public ActorRef<GroupClientMessage> client(Behavior<GroupClientMessage> behavior, String name) {
      return machine.spawn(behavior, "client-" + name);
    }
  }
}
