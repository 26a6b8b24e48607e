package dev.synod.raft.actor;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Peers;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.replica.Applier;
import dev.synod.actors.replica.ApplierSettings;
import dev.synod.actors.replica.ApplierSetup;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.watch.WatchSettings;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.MemoryDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;

/**
 * Three whole replicas in one actor system: real logs on disks in memory, real appliers, and a
 * client by hand.
 */
final class Trio implements AutoCloseable {

  static final GroupId GROUP = new GroupId("counter");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES_MAX = 20;

  private final ActorTestKit kit = ActorTestKit.create();
  private final ExecutorService disks = Executors.newSingleThreadExecutor();
  private final TestProbe<Answers> client = kit.createTestProbe();
  private final TestProbe<ReplicaStatus> statuses = kit.createTestProbe();
  private final Map<StoreId, MemoryDisk> memory = new TreeMap<>();
  private final Map<StoreId, NodeLog> logs = new TreeMap<>();
  private final Map<StoreId, ActorRef<ReplicaMessage>> replicas = new TreeMap<>();
  private final Configuration configuration;
  private long lastTag;

  Trio() {
    var members = new ArrayList<Member>();
    for (int i = 1; i <= 3; i++) {
      var disk = new MemoryDisk(new Random(i));
      var log = open(disk, i);
      memory.put(log.storeId(), disk);
      logs.put(log.storeId(), log);
      members.add(new Member(log.storeId(), new NodeAddress("n" + i, "pekko://trio")));
    }
    configuration = new Configuration(members);
    List.copyOf(logs.keySet()).forEach(this::spawn);
  }

  private NodeLog open(MemoryDisk disk, long seed) {
    return NodeLog.open(disk, LogSettings.STANDARD, disks, disks, new Random(seed));
  }

  private void spawn(StoreId store) {
    var replica =
        kit.spawn(
            RaftReplica.create(
                setup(store), ShellFixture.settings(), changed -> ShellFixture.settings()));
    replicas.forEach((other, peer) -> peer.tell(new ReplicaMessage.PeerAt(store, replica)));
    replicas.put(store, replica);
  }

  /** The process is gone at once: nothing that was not synced is left. */
  void crash(StoreId store) {
    var replica = replicas.remove(store);
    if (replica == null) {
      throw new IllegalStateException(store + " does not run");
    }
    kit.stop(replica);
    memory.get(store).crash(MemoryDisk.Tear.NOTHING_KEPT);
  }

  void restart(StoreId store) {
    logs.put(store, open(memory.get(store), 9));
    spawn(store);
  }

  /** Asks until some replica says that it leads and has committed in its term. */
  StoreId awaitLeader() {
    return client.awaitAssert(
        PATIENCE.multipliedBy(2),
        () -> {
          for (var replica : replicas.entrySet()) {
            replica.getValue().tell(new ReplicaMessage.GetStatus(statuses.getRef()));
            var status = statuses.receiveMessage(PATIENCE);
            if (status.role().equals("leader") && status.commitIndex() > 0) {
              return replica.getKey();
            }
          }
          throw new AssertionError("no leader yet");
        });
  }

  List<StoreId> running() {
    return List.copyOf(replicas.keySet());
  }

  /** To whoever leads, again if that one is deposed meanwhile, as it is after a pause of all. */
  Outcome.Ok<Object> propose(Proposal proposal, long session) {
    return untilDone(
        () -> {
          long tag = ++lastTag;
          var tried = new Proposal(tag, proposal.kind(), proposal.payload());
          var leader = replicas.get(awaitLeader());
          leader.tell(new Propose(GROUP, client.getRef(), session, List.of(tried)));
          return answer(tag).outcome();
        });
  }

  /** From that replica, again if it has no leader for the moment. */
  Outcome.Ok<Object> read(StoreId from) {
    return untilDone(
        () -> {
          awaitLeader();
          return read(from, Read.linearizable());
        });
  }

  /** From that replica, once. */
  Outcome<Object> read(StoreId from, Read freshness) {
    long tag = ++lastTag;
    var question = new Question(tag, freshness, 0L);
    replicas.get(from).tell(new Ask(GROUP, client.getRef(), List.of(question)));
    return answer(tag).outcome();
  }

  private static Outcome.Ok<Object> untilDone(Supplier<Outcome<Object>> trial) {
    var outcome = trial.get();
    for (int i = 1; i < TRIES_MAX && isForLackOfALeader(outcome); i++) {
      outcome = trial.get();
    }
    if (outcome instanceof Outcome.Ok<Object> ok) {
      return ok;
    }
    throw new AssertionError(outcome);
  }

  private static boolean isForLackOfALeader(Outcome<Object> outcome) {
    return outcome instanceof Outcome.Unknown
        || (outcome instanceof Outcome.Rejected<Object> rejected
            && rejected.reason() == Outcome.Reason.NO_LEADER);
  }

  private Answer answer(long tag) {
    while (true) {
      for (Answer answer : client.receiveMessage(PATIENCE).answers()) {
        if (answer.tag() == tag) {
          return answer;
        }
      }
    }
  }

  /** Command number {@code request} of that session: add so much. */
  Proposal add(long session, long request, long amount) {
    Serialization serialization = SerializationExtension.get(kit.system());
    Object command = amount;
    var serializer = serialization.findSerializerFor(command);
    var encoded =
        new EncodedCommand(
            session,
            request,
            request,
            serializer.identifier(),
            Serializers.manifestFor(serializer, command),
            Bytes.wrap(serializer.toBinary(command)));
    return new Proposal(request, EntryKind.COMMAND, encoded.encode());
  }

  private ReplicaSetup setup(StoreId store) {
    var member = configuration.member(store).orElseThrow();
    var log = logs.get(store);
    var settings = new ApplierSettings(100, 64, 64, 4096, 0);
    var founded = new Founded(1, configuration, new SessionLimits(100, 100));
    return new ReplicaSetup(
        GROUP,
        member,
        founded,
        log.group(GROUP),
        new DirectPeers(),
        Map.copyOf(replicas),
        replica ->
            Applier.create(
                new ApplierSetup<>(
                    GROUP,
                    store,
                    founded,
                    Counter::new,
                    new DirectPeers(),
                    log.snapshots(GROUP),
                    disks,
                    settings,
                    WatchSettings.from(ConfigFactory.load().getConfig("synod.watch"))),
                replica),
        new Random(store.hashCode()),
        System::nanoTime,
        ReplicaMeters.NONE);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    disks.shutdownNow();
  }

  private record DirectPeers() implements Peers {
    @Override
    public ActorRef<NodeMessage> node(String address) {
      throw new IllegalArgumentException("no other nodes here: " + address);
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      to.tell(message);
    }
  }
}
