package dev.synod.actors.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Peers;
import dev.synod.actors.Settling;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.transfer.SnapshotMessage.Hosted;
import dev.synod.actors.transfer.SnapshotSending.Delivery;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A leader's node and a follower's, with a network between them that a test may break. */
final class TransferFixture implements AutoCloseable {

  static final GroupId GROUP = new GroupId("chat");
  static final long INCARNATION = 7;
  static final TransferSettings SETTINGS =
      new TransferSettings(512, 2, Duration.ofSeconds(1), 3, 1, Duration.ofSeconds(10));
  static final Member LEADER = new Member(StoreId.of(1), new NodeAddress("n1", "pekko://t@n1:1"));
  static final Member FOLLOWER = new Member(StoreId.of(2), new NodeAddress("n2", "pekko://t@n2:2"));
  static final Configuration CONFIGURATION = new Configuration(List.of(LEADER, FOLLOWER));

  final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  final MemoryDisk disk = new MemoryDisk(new Random(1));
  final MemoryDisk followersDisk = new MemoryDisk(new Random(2));
  final FileSnapshots snapshots = new FileSnapshots(disk, GROUP, 2);
  final FileSnapshots followersSnapshots = new FileSnapshots(followersDisk, GROUP, 2);
  final TestProbe<ReplicaMessage> leader = kit.createTestProbe();
  final TestProbe<ReplicaMessage> follower = kit.createTestProbe();

  /** All that was sent, as it was before the network touched it. */
  final Queue<Object> sent = new ConcurrentLinkedQueue<>();

  /** What the network makes of a message; empty if it is lost. */
  volatile Function<Object, Optional<Object>> network = Optional::of;

  final ActorRef<SnapshotMessage> receiver =
      kit.spawn(Settling.of(SnapshotReceiver.create(new Network(), Runnable::run, SETTINGS, 100)));

  /** The follower's node actor, as far as offers are concerned. */
  final ActorRef<NodeMessage> node =
      kit.spawn(
          Settling.of(
              Behaviors.receive(NodeMessage.class)
                  .onMessage(
                      SnapshotMessage.Offer.class,
                      offer -> {
                        receiver.tell(offer);
                        return Behaviors.same();
                      })
                  .build()));

  private final List<ActorRef<?>> actors = new ArrayList<>(List.of(receiver, node));

  TransferFixture() {
    hosts(false);
  }

  /** The follower is a full replica by its own log, or not, or does not know. */
  void hosts(boolean full) {
    receiver.tell(new Hosted(GROUP, INCARNATION, followersSnapshots, follower.ref(), full));
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  /** A durable snapshot of the leader's with so many bytes, which the seed chooses. */
  Bytes snapshot(LogPosition position, int bytes, long seed) {
    byte[] body = new byte[bytes];
    new Random(seed).nextBytes(body);
    try (var writer = snapshots.begin(position, CONFIGURATION.encode())) {
      writer.append(Bytes.wrap(body));
      writer.commit();
    }
    return Bytes.wrap(body);
  }

  ActorRef<SnapshotMessage.Reply> send(long term) {
    return send(term, INCARNATION);
  }

  ActorRef<SnapshotMessage.Reply> send(long term, long incarnation) {
    return send(term, incarnation, false);
  }

  /** Sends where the leader's newest snapshot ends, and not what it holds. */
  ActorRef<SnapshotMessage.Reply> sendStateless(long term) {
    return send(term, INCARNATION, true);
  }

  private ActorRef<SnapshotMessage.Reply> send(long term, long incarnation, boolean stateless) {
    var ports =
        new SnapshotSending.Ports(
            new Network(),
            snapshots,
            Runnable::run,
            SETTINGS,
            (position, configuration) -> Bytes.utf8("ends at " + position.index()));
    var delivery =
        new Delivery(GROUP, incarnation, LEADER.store(), new Term(term), FOLLOWER, stateless);
    var sender = kit.spawn(Settling.of(ports.sender(delivery, leader.ref())));
    actors.add(sender);
    return sender;
  }

  /** That much later, all that was under way before and what follows from it has been handled. */
  void timePasses(Duration much) {
    settle();
    time.timePasses(much);
    settle();
  }

  /** All that is under way has been handled, and what follows from it. */
  void settle() {
    int before = 0;
    for (int quiet = 0; quiet < 2; quiet = sent.size() > before ? 0 : quiet + 1) {
      before = sent.size();
      actors.forEach(Settling::await); // what is on its way from one to another needs two looks
    }
  }

  /** What the follower's newest snapshot holds. */
  Bytes received() {
    var newest = followersSnapshots.newest(LogPosition.ZERO, damage -> {}).orElseThrow();
    try (var reader = followersSnapshots.open(newest)) {
      return reader.read(0, (int) newest.size());
    }
  }

  void deleteLeadersSnapshots() {
    snapshots.deleteAll();
  }

  long chunksSent() {
    return sent.stream().filter(message -> message instanceof SnapshotMessage.Chunk).count();
  }

  List<String> followersFiles() throws java.io.IOException {
    return followersDisk.list(FileSnapshots.FOLDER + "/" + GROUP.name());
  }

  private final class Network implements Peers {
    @Override
    public ActorRef<NodeMessage> node(String address) {
      assertThat(address).isEqualTo(FOLLOWER.node().address());
      return node;
    }

    @Override
    @SuppressWarnings("unchecked") // a test damages messages, not their kind
    public <M> void tell(ActorRef<? super M> to, M message) {
      sent.add(message);
      network.apply(message).ifPresent(arrived -> to.tell((M) arrived));
    }
  }
}
