package dev.synod.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.actors.Peers;
import dev.synod.actors.Storage;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.meters.Meters;
import dev.synod.actors.node.ConsensusNode;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.NodePorts;
import dev.synod.core.NodeAddress;
import dev.synod.core.StateMachine;
import dev.synod.core.StoreId;
import dev.synod.log.LogPorts;
import dev.synod.log.LogStore;
import dev.synod.log.MemoryStore;
import dev.synod.log.NodeLog;
import dev.synod.log.WriterThread;
import dev.synod.log.disk.RealDisk;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.raft.Raft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.SerializationExtension;

/** Three nodes n1, n2, n3 in one actor system, whose messages never become bytes. */
final class LocalNodes implements AutoCloseable {

  private static final Members MEMBERS =
      Members.of(
          new NodeAddress("n1", "local-1"),
          new NodeAddress("n2", "local-2"),
          new NodeAddress("n3", "local-3"));

  /** Of a machine that is busy with other tests. */
  private static final Config PATIENT =
      ConfigFactory.parseString("synod { client.ask-timeout = 50s, node.status-timeout = 20s }");

  private final ActorSystem<Void> system;
  private final ConsensusSettings settings;
  private final Executor blocking;
  private final Path folder;
  private final Map<String, ActorRef<NodeMessage>> actors = new ConcurrentHashMap<>();
  private final List<ConsensusNode> nodes = new ArrayList<>();
  private final List<WriterThread> writers = new ArrayList<>();

  /**
   * @param folder for logs on disk
   */
  LocalNodes(Config config, Path folder) {
    this.system = ActorSystem.create(Behaviors.empty(), "local", PATIENT.withFallback(config));
    this.settings = ConsensusSettings.of(system);
    this.blocking =
        system.dispatchers().lookup(DispatcherSelector.fromConfig("synod.blocking-dispatcher"));
    this.folder = folder;
    MEMBERS.nodes().forEach(member -> nodes.add(node(member)));
  }

  ActorSystem<Void> system() {
    return system;
  }

  /** The first, second or third of them, from 0 on. */
  ConsensusNode node(int number) {
    return nodes.get(number);
  }

  /**
   * Starts a group on all nodes.
   *
   * @param storage by the name of the node
   */
  <C, R, S> List<GroupRef<C, R>> start(
      String name,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Function<String, Storage> storage) {
    return start(name, machine, storage, ConsensusNode::start);
  }

  /** Founds a group on all nodes from that backup. */
  <C, R, S> List<GroupRef<C, R>> restore(
      String name,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Function<String, Storage> storage,
      Path backup) {
    var file = SnapshotFile.at(backup);
    return start(name, machine, storage, (node, group) -> node.restore(group, file));
  }

  private <C, R, S> List<GroupRef<C, R>> start(
      String name,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Function<String, Storage> storage,
      BiFunction<ConsensusNode, Group<C, R, S>, GroupRef<C, R>> how) {
    var refs = new ArrayList<GroupRef<C, R>>();
    for (int i = 0; i < nodes.size(); i++) {
      var kept = storage.apply(MEMBERS.nodes().get(i).name());
      var group = Group.of(name, machine).using(Raft.protocol()).keptIn(kept).on(MEMBERS);
      refs.add(how.apply(nodes.get(i), group));
    }
    return refs;
  }

  /** Stops the nodes in order, then all else. */
  @Override
  public void close() {
    nodes.forEach(node -> Database.done(node.stop()));
    crash();
  }

  /** Ends everything at once: no node closes its stores. */
  void crash() {
    system.terminate();
    Database.done(system.getWhenTerminated());
    writers.forEach(WriterThread::close);
  }

  private ConsensusNode node(NodeAddress member) {
    return ConsensusNode.start(
        new NodePorts(
            member.address(),
            new Site(member.name()),
            "",
            new LocalPeers(),
            SerializationExtension.get(system),
            new SplittableRandom(member.address().hashCode()),
            System::nanoTime,
            blocking,
            Meters.NONE,
            new Spawner(member)),
        settings);
  }

  private final class Site implements Storage.Site {

    private final String node;

    Site(String node) {
      this.node = node;
    }

    @Override
    public LogStore disk() {
      var writer = new WriterThread("log-" + node, 0);
      writers.add(writer);
      try {
        var disk = RealDisk.at(folder.resolve(node));
        return NodeLog.open(
            settings.log(), LogPorts.of(disk, writer, blocking, new SplittableRandom()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public LogStore memory() {
      return new MemoryStore(StoreId.random(new SplittableRandom()), settings.memory());
    }

    @Override
    public ActorSystem<?> system() {
      return system;
    }
  }

  private final class LocalPeers implements Peers {

    @Override
    public ActorRef<NodeMessage> node(String address) {
      var known = actors.get(address);
      return known == null ? system.<NodeMessage>deadLetters() : known;
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      to.tell(message);
    }
  }

  private final class Spawner implements NodePorts.Spawner {

    private final NodeAddress member;

    Spawner(NodeAddress member) {
      this.member = member;
    }

    @Override
    public ActorRef<NodeMessage> node(Behavior<NodeMessage> behavior) {
      var actor = system.systemActorOf(behavior, "synod-" + member.name(), Props.empty());
      actors.put(member.address(), actor);
      return actor;
    }

    @Override
    public ActorRef<GroupClientMessage> client(Behavior<GroupClientMessage> behavior, String name) {
      return system.systemActorOf(behavior, "client-" + name + "-" + member.name(), Props.empty());
    }
  }
}
