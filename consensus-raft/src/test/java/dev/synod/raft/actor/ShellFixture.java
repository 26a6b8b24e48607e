package dev.synod.raft.actor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Peers;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.Read;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.RaftSettings;
import dev.synod.raft.protocol.RaftMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * One real replica S1 of three; the others, the state machine and the client are probes, the disk
 * and the clock are by hand.
 */
final class ShellFixture implements AutoCloseable {

  static final GroupId GROUP = new GroupId("counter");
  static final StoreId S1 = StoreId.of(1);
  static final StoreId S2 = StoreId.of(2);
  static final StoreId S3 = StoreId.of(3);
  static final long INCARNATION = 42;

  final ActorTestKit kit =
      ActorTestKit.create(ManualTime.config().withFallback(ConfigFactory.load()));
  final ManualTime time = ManualTime.get(kit.system());
  final ManualLog log = new ManualLog();
  final TestProbe<ReplicaMessage> s2 = kit.createTestProbe();
  final TestProbe<ReplicaMessage> s3 = kit.createTestProbe();
  final TestProbe<ApplierMessage> applier = kit.createTestProbe();
  final TestProbe<Answers> client = kit.createTestProbe();

  private final TestProbe<ReplicaStatus> status = kit.createTestProbe();

  private final DirectPeers peers = new DirectPeers();
  private final RaftSettings settings;
  private List<StoreId> witnesses = List.of();
  private long nanos;
  private ActorRef<ReplicaMessage> replica = kit.system().ignoreRef().unsafeUpcast();

  ShellFixture() {
    this("");
  }

  /**
   * With settings of its own.
   *
   * @param changed of {@code synod.raft}
   */
  ShellFixture(String changed) {
    this.settings =
        RaftSettings.from(
            ConfigFactory.parseString(changed)
                .withFallback(ConfigFactory.load().getConfig("synod.raft")));
  }

  /** The group is founded with these as witnesses. */
  ShellFixture witnessedBy(StoreId... stores) {
    witnesses = List.of(stores);
    return this;
  }

  /** How the replica is. */
  ReplicaStatus status() {
    replica.tell(new ReplicaMessage.GetStatus(status.getRef()));
    return status.receiveMessage();
  }

  /** A follower, restored, in the term that the log holds. */
  ActorRef<ReplicaMessage> start() {
    return start(LogPosition.ZERO);
  }

  ActorRef<ReplicaMessage> start(LogPosition snapshot) {
    return start(snapshot, false);
  }

  /** As if its newest snapshot were a witness's. */
  void startStateless(LogPosition snapshot) {
    start(snapshot, true);
  }

  private ActorRef<ReplicaMessage> start(LogPosition snapshot, boolean stateless) {
    replica = kit.spawn(RaftReplica.create(setup(), settings, ShellFixture::settings));
    applier.expectMessage(ApplierMessage.Restore.INSTANCE);
    replica.tell(
        new ApplierMessage.Restored(snapshot, setup().founded().configuration(), stateless));
    settle();
    return replica;
  }

  /**
   * Elects S1 in term 1 by the vote of S2; its no-op is at index 1, not yet durable, and sent to
   * both.
   */
  ActorRef<ReplicaMessage> startLeader() {
    start();
    return elect();
  }

  /** As {@link #startLeader}, of a follower that was started. */
  ActorRef<ReplicaMessage> elect() {
    timePasses(settings().electionTimeoutMax());
    s2.expectMessageClass(FromPeer.class);
    s3.expectMessageClass(FromPeer.class);
    fromPeer(new RaftMessage.PreVoteReply(S2, Term.ZERO, true));
    settle();
    log.becomeDurable();
    expectToldBy(s2, RaftMessage.RequestVote.class);
    expectToldBy(s3, RaftMessage.RequestVote.class);
    fromPeer(new RaftMessage.VoteReply(S2, new Term(1), true));
    expectToldBy(s2, RaftMessage.AppendEntries.class);
    expectToldBy(s3, RaftMessage.AppendEntries.class);
    return replica;
  }

  void fromPeer(RaftMessage message) {
    replica.tell(new FromPeer(INCARNATION, message));
  }

  void propose(long... tags) {
    var proposals =
        Arrays.stream(tags)
            .mapToObj(tag -> new Proposal(tag, EntryKind.COMMAND, Bytes.utf8("c" + tag)))
            .toList();
    replica.tell(new Propose(GROUP, client.getRef(), 0, proposals));
  }

  /** One try, under that tag, of the client's request of that number. */
  void tryRequest(long tag, long session, long request) {
    var command = new EncodedCommand(session, request, 1, 1, "", Bytes.EMPTY).encode();
    propose(session, new Proposal(tag, EntryKind.COMMAND, command));
  }

  void propose(long session, Proposal proposal) {
    replica.tell(new Propose(GROUP, client.getRef(), session, List.of(proposal)));
  }

  void ask(long tag, Read freshness) {
    ask(tag, freshness, "get");
  }

  void ask(long tag, Read freshness, Object query) {
    replica.tell(new Ask(GROUP, client.getRef(), List.of(new Question(tag, freshness, query))));
  }

  /** Time passes for the clock and for timers. */
  void timePasses(Duration amount) {
    nanos += amount.toNanos();
    time.timePasses(amount);
    settle();
  }

  <M extends RaftMessage> M expectToldBy(TestProbe<ReplicaMessage> peer, Class<M> type) {
    return type.cast(peer.expectMessageClass(FromPeer.class).message());
  }

  /** What these tell the replica is all in its mailbox before it looks at any of it. */
  void whileBusy(Runnable tells) {
    var done = new CountDownLatch(1);
    peers.hold = done;
    replica.tell(new ReplicaMessage.GetStatus(status.getRef()));
    tells.run();
    done.countDown();
    status.receiveMessage();
  }

  /**
   * The replica has handled all that it was told so far, and what it told itself because of that.
   */
  void settle() {
    for (int i = 0; i < 2; i++) {
      replica.tell(new ReplicaMessage.GetStatus(status.getRef()));
      status.receiveMessage();
    }
  }

  static RaftSettings settings() {
    return settings(ConfigFactory.load());
  }

  private static RaftSettings settings(Config system) {
    return RaftSettings.from(system.getConfig("synod.raft"));
  }

  /** The node tells that settings are others now, such as {@code heartbeat-interval = 10ms}. */
  void retune(String changes) {
    var changed = ConfigFactory.parseString("synod.raft { " + changes + " }");
    replica.tell(new ReplicaMessage.Retune(changed.withFallback(ConfigFactory.load())));
    settle();
  }

  /** S2 leads in the snapshot's term and has sent it, all of it. */
  void receiveSnapshot(LogPosition snapshot) {
    replica.tell(
        new ReplicaMessage.SnapshotReceived(
            S2, snapshot.term(), snapshot, setup().founded().configuration(), 100, false));
    settle();
  }

  private ReplicaSetup setup() {
    var members = Stream.of(S1, S2, S3).map(ShellFixture::member).toList();
    var roster = new ConcurrentHashMap<>(Map.of(S2, s2.getRef(), S3, s3.getRef()));
    return new ReplicaSetup(
        GROUP,
        member(S1),
        new Founded(INCARNATION, new Configuration(members, witnesses), new SessionLimits(3, 10)),
        log,
        peers,
        roster,
        replicaRef ->
            Behaviors.receiveMessage(
                message -> {
                  applier.getRef().tell(message);
                  return Behaviors.same();
                }),
        new Random(7),
        () -> nanos);
  }

  private static Member member(StoreId store) {
    return new Member(store, new NodeAddress("n" + store, "pekko://test"));
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  /** Tells at once, but for the next message after {@code hold} is set. */
  private static final class DirectPeers implements Peers {

    private volatile @Nullable CountDownLatch hold;

    @Override
    public ActorRef<NodeMessage> node(String address) {
      throw new IllegalArgumentException("no other nodes here: " + address);
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      var held = hold;
      if (held != null) {
        hold = null;
        awaitUninterruptibly(held);
      }
      to.tell(message);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
      try {
        if (!latch.await(60, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody let the replica go on");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
