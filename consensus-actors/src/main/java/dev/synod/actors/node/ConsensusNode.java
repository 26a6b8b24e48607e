package dev.synod.actors.node;

import com.typesafe.config.Config;
import dev.synod.actors.Backup;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.LocalNode;
import dev.synod.actors.Protocol;
import dev.synod.actors.Storage;
import dev.synod.actors.client.ClientGroupRef;
import dev.synod.actors.client.GroupClient;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.replica.Applier;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ApplierSetup;
import dev.synod.actors.replica.BackUp;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.StatelessSnapshot;
import dev.synod.actors.transfer.SnapshotReceiver;
import dev.synod.actors.transfer.SnapshotSending;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.snapshot.SnapshotFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * One node: its stores, the replicas that write to them, and the actor through which other nodes
 * find them. Not tied to an actor system or a process: all of its world is in {@link NodePorts}.
 * Safe for use by many threads.
 */
public final class ConsensusNode implements LocalNode {

  /** The name of the node's actor. */
  public static final String ACTOR_NAME = "synod";

  private final NodePorts ports;
  private final ConsensusSettings settings;
  private final Stores stores;
  private final ActorRef<NodeMessage> actor;
  private final RunningSettings running;
  private final Set<GroupId> started = new HashSet<>();
  private final Map<GroupId, Hosted> hosted = new HashMap<>();
  private final List<ActorRef<GroupClientMessage>> clients = new ArrayList<>();

  private record Hosted(Protocol protocol, ClientGroupRef<?, ?> ref) {}

  private ConsensusNode(NodePorts ports, ConsensusSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.running = new RunningSettings(ports.site().system().settings().config(), settings);
    this.stores = new Stores(ports.site());
    var receiver =
        SnapshotReceiver.create(
            ports.peers(), ports.blocking(), settings.transfer(), split().nextLong());
    this.actor =
        ports
            .spawner()
            .node(NodeActor.create(ports.peers(), settings.node(), stores::snapshots, receiver));
  }

  /** A node that hosts nothing yet. It owns the stores that it opens. */
  public static ConsensusNode start(NodePorts ports, ConsensusSettings settings) {
    return new ConsensusNode(ports, settings);
  }

  /** See {@link dev.synod.actors.Consensus#start}. */
  public <C, R, S> GroupRef<C, R> start(Group<C, R, S> group) {
    return host(group, ownNode(group), false, Optional.empty());
  }

  /** See {@link dev.synod.actors.Consensus#join}. */
  public <C, R, S> GroupRef<C, R> join(Group<C, R, S> group, String name) {
    return host(group, new NodeAddress(name, ports.address()), true, Optional.empty());
  }

  /** See {@link dev.synod.actors.Consensus#restore}. */
  public <C, R, S> GroupRef<C, R> restore(Group<C, R, S> group, Path backup) {
    try {
      return restore(group, SnapshotFile.at(backup));
    } catch (LogException e) {
      throw new IllegalArgumentException("can't restore: " + e.getMessage(), e);
    }
  }

  /** As {@link #restore(Group, Path)}, from a file wherever it is. */
  public <C, R, S> GroupRef<C, R> restore(Group<C, R, S> group, SnapshotFile backup) {
    var protocol = group.protocol().name();
    var restoration = Restoration.of(backup, group.id(), protocol);
    var origin = Origin.of(protocol, Optional.of(restoration));
    var log = LogCheck.logOf(group.id(), stores.of(group.storage()));
    var described = log.description().map(GroupDescription::decode);
    if (described.isPresent() && !Founders.isFrom(origin, group.id(), described.get().founded())) {
      throw new IllegalArgumentException(
          ("group %s lives on this node already, and did not begin with %s: start it, or restore it"
                  + " on nodes with empty data directories")
              .formatted(group.id(), backup));
    }
    return host(group, ownNode(group), false, Optional.of(restoration));
  }

  /** See {@link LocalNode#backUp}. */
  public CompletionStage<Backup> backUp(GroupId group, SnapshotFile file) {
    var here = hosting(group);
    if (here.isEmpty()) {
      return noBackup(group, "no replica of it was started here");
    }
    var protocol = here.get().protocol().name();
    var wanted =
        BackUp.of(group, file, founded -> new GroupDescription(protocol, founded).encode());
    return here.get()
        .ref()
        .committedIndex()
        .thenCompose(
            index -> {
              var patience = settings.client().askTimeout();
              actor.tell(new NodeTask.BackUpGroup(wanted, index, patience));
              return wanted.done();
            })
        .thenApply(
            snapshot ->
                new Backup(group, snapshot.position().index(), snapshot.size(), file.toString()));
  }

  @Override
  public CompletionStage<Backup> backUp(GroupId group, Path file) {
    try {
      return backUp(group, SnapshotFile.at(file));
    } catch (LogException e) {
      return noBackup(group, e.getMessage());
    }
  }

  private static CompletionStage<Backup> noBackup(GroupId group, @Nullable String why) {
    return CompletableFuture.failedStage(
        new IllegalStateException("no backup of " + group + ": " + why));
  }

  private synchronized Optional<Hosted> hosting(GroupId group) {
    return Optional.ofNullable(hosted.get(group));
  }

  private <C, R, S> GroupRef<C, R> host(
      Group<C, R, S> group, NodeAddress node, boolean joins, Optional<Restoration> restoring) {
    running.check(group.protocol());
    group.protocol().check(group.members());
    LogCheck.refuseKinds(group);
    var machine = new FirstMachine<>(group.machine());
    LogCheck.refuseMachine(group, machine.prepares());
    var own = new Group<>(group.id(), machine, group.protocol(), group.storage(), group.members());
    var store = stores.of(group.storage());
    var log = LogCheck.logOf(group.id(), store);
    LogCheck.refuseOtherProtocol(group.id(), group.protocol(), log);
    if (restoring.isEmpty()) {
      LogCheck.refuseHalfRestored(group.id(), store, log, ports.dataDirectory());
    }
    claim(group.id());
    stores.settle(group.id(), store);
    var self = new Member(store.storeId(), node);
    var meters = ports.meters().replica(group.id());
    running.runs(group.protocol());
    var client = client(group.id(), group.members().nodes());
    ClientGroupRef<C, R> ref = ref(group.id(), client);
    hosts(group.id(), new Hosted(group.protocol(), ref));
    var now = running.settings().node();
    var readmission =
        Optional.of(Readmission.create(group.id(), ref.admin(), self, now))
            .filter(asking -> store.forgets() && now.readmission());
    actor.tell(
        new NodeTask.Host(
            group.id(),
            self,
            group.members(),
            nodeActor ->
                Founding.create(
                    founding(own, self, joins, restoring, log, nodeActor, meters, readmission)),
            meters,
            client));
    return ref;
  }

  /** The actor at the path that others know. */
  public ActorRef<NodeMessage> actor() {
    return actor;
  }

  @Override
  public StoreId store() {
    return stores.of(Storage.DISK).storeId();
  }

  @Override
  public String address() {
    return ports.address();
  }

  @Override
  public String dataDirectory() {
    return ports.dataDirectory();
  }

  @Override
  public synchronized void change(Config changes) {
    var changed = running.change(changes);
    actor.tell(new NodeTask.Retune(changed));
    clients.forEach(client -> client.tell(GroupClient.retune(running.settings().client())));
  }

  @Override
  public CompletionStage<Optional<ReplicaStatus>> status(GroupId group) {
    return inspect(Optional.of(group)).thenApply(all -> all.stream().findFirst());
  }

  @Override
  public CompletionStage<List<ReplicaStatus>> statuses() {
    return inspect(Optional.empty());
  }

  /**
   * Stops all replicas, letting them hand over what they lead, and closes the stores on the
   * blocking executor.
   */
  public CompletionStage<Void> stop() {
    var stopped = new CompletableFuture<Boolean>();
    actor.tell(new NodeTask.StopAll(stopped));
    return stopped.thenAcceptAsync(inTime -> stores.close(), ports.blocking());
  }

  private CompletableFuture<List<ReplicaStatus>> inspect(Optional<GroupId> group) {
    var reply = new CompletableFuture<List<ReplicaStatus>>();
    actor.tell(new NodeTask.Inspect(group, reply));
    return reply;
  }

  private NodeAddress ownNode(Group<?, ?, ?> group) {
    return group
        .members()
        .at(ports.address())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("group %s is on %s, but this node's address is %s: name it among the members,"
                            + " or use Consensus.ref on a node that hosts no replica")
                        .formatted(group.id(), group.members(), ports.address())));
  }

  private synchronized void claim(GroupId group) {
    if (!started.add(group)) {
      throw new IllegalArgumentException("group " + group + " was started on this node already");
    }
  }

  private synchronized void hosts(GroupId group, Hosted here) {
    hosted.put(group, here);
  }

  /** With the settings as they are now; it hears of all later ones. */
  private synchronized ActorRef<GroupClientMessage> client(GroupId group, List<NodeAddress> nodes) {
    var client =
        ports
            .spawner()
            .client(
                GroupClient.create(
                    group,
                    nodes,
                    ports.peers(),
                    running.settings().client(),
                    ports.meters().client(group),
                    split(),
                    ports.nanoTime()),
                group.name());
    clients.add(client);
    return client;
  }

  private <C, R> ClientGroupRef<C, R> ref(GroupId group, ActorRef<GroupClientMessage> client) {
    return new ClientGroupRef<>(
        group,
        client,
        ports.peers(),
        ports.serialization(),
        settings.commandBytesMax(),
        settings.watch());
  }

  private FoundingSetup founding(
      Group<?, ?, ?> group,
      Member self,
      boolean joins,
      Optional<Restoration> restoring,
      GroupLog log,
      ActorRef<NodeMessage> nodeActor,
      ReplicaMeters meters,
      Optional<Behavior<Readmission.Task>> readmission) {
    return new FoundingSetup(
        group.id(),
        self,
        group.members(),
        joins,
        settings.sessions(),
        restoring,
        (restoration, founded) -> install(group.id(), self, restoration, founded),
        group.protocol(),
        log,
        ports.peers(),
        readmission,
        nodeActor,
        (founded, roster) ->
            new ReplicaSetup(
                group.id(),
                self,
                founded,
                log,
                ports.peers(),
                roster,
                applier(group, self.store(), founded),
                split(),
                ports.nanoTime(),
                meters,
                new SnapshotSending.Ports(
                    ports.peers(),
                    stores.snapshots(group.id()),
                    ports.blocking(),
                    settings.transfer(),
                    StatelessSnapshot::body),
                governing -> nodeActor.tell(new NodeTask.Reconfigured(group.id(), governing))));
  }

  private CompletionStage<Done> install(
      GroupId group, Member self, Restoration restoration, Founded founded) {
    return CompletableFuture.supplyAsync(
        () -> {
          restoration.install(
              stores.snapshots(group),
              founded,
              founded.configuration().isWitness(self.store()),
              ports.serialization(),
              settings.applier().snapshotChunkBytes());
          return Done.getInstance();
        },
        ports.blocking());
  }

  private <C, R, S> Function<ActorRef<ReplicaMessage>, Behavior<ApplierMessage>> applier(
      Group<C, R, S> group, StoreId self, Founded founded) {
    var setup =
        new ApplierSetup<C, R, S>(
            group.id(),
            self,
            founded,
            group.machine(),
            ports.peers(),
            stores.snapshots(group.id()),
            ports.blocking(),
            settings.applier(),
            settings.watch());
    return replica -> Applier.create(setup, replica);
  }

  private synchronized RandomGenerator split() {
    return ports.random().split();
  }
}
