package dev.synod.actors.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Peers;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.meters.ClientMeters;
import dev.synod.actors.watch.WatchSettings;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.serialization.SerializationExtension;

/** One client with probes for three replicas and their nodes, and time that passes when told to. */
final class ClientFixture implements AutoCloseable {

  static final GroupId GROUP = new GroupId("counter");
  static final Duration TICK = Duration.ofMillis(10);
  static final Duration ATTEMPT = Duration.ofMillis(100);
  static final Duration ASK = Duration.ofMillis(500);
  static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
  static final int WINDOW = 4;
  static final int WAITING = 8;
  static final int READS = 4;
  static final int BATCH = 3;
  static final long SESSION = 42;

  private static final DispatcherSelector ON_ITS_THREAD =
      DispatcherSelector.fromConfig("client-dispatcher");

  static final WatchSettings WATCH =
      new WatchSettings(4, 100, Duration.ofMillis(100), 8, 16, 1000, 16_384);

  private static final List<NodeAddress> NODES =
      List.of(
          new NodeAddress("n1", "pekko://t@n1:1"),
          new NodeAddress("n2", "pekko://t@n2:1"),
          new NodeAddress("n3", "pekko://t@n3:1"));

  /** One thread: what was sent to the client is done once that thread has nothing else to do. */
  private static final String DISPATCHER =
      """
      client-dispatcher {
        executor = thread-pool-executor
        thread-pool-executor.fixed-pool-size = 1
        throughput = 1000
      }
      """;

  final ActorTestKit kit =
      ActorTestKit.create(ConfigFactory.parseString(DISPATCHER).withFallback(ManualTime.config()));
  final ManualTime time = ManualTime.get(kit.system());
  final TestProbe<NodeMessage> node = kit.createTestProbe();
  final TestProbe<ReplicaMessage> one = kit.createTestProbe();
  final TestProbe<ReplicaMessage> two = kit.createTestProbe();
  final TestProbe<ReplicaMessage> three = kit.createTestProbe();
  final TestProbe<Outcome<String>> caller = kit.createTestProbe();
  private final TestProbe<Outcome<String>> fence = kit.createTestProbe();
  private final AtomicLong nanos = new AtomicLong();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  final ActorRef<GroupClientMessage> client;
  final ClientGroupRef<String, String> ref;

  ClientFixture() {
    this(ASK.multipliedBy(2));
  }

  /** With a client that looks for another leader that often. */
  ClientFixture(Duration leaderSearchInterval) {
    var settings =
        new ClientSettings(
            ASK,
            ATTEMPT,
            leaderSearchInterval,
            TICK,
            Duration.ofMillis(10),
            Duration.ofMillis(40),
            WINDOW,
            WAITING,
            1_000,
            READS,
            BATCH,
            200,
            KEEP_ALIVE,
            Duration.ofSeconds(20));
    var peers = new ProbedPeers();
    client =
        kit.spawn(
            GroupClient.create(
                GROUP, NODES, peers, settings, ClientMeters.NONE, new Random(1), nanos::get),
            ON_ITS_THREAD);
    ref =
        new ClientGroupRef<>(
            GROUP, client, peers, SerializationExtension.get(kit.system()), 100, WATCH);
  }

  /** Replica one is hosted by the client's node, and leads; the client has its session. */
  static ClientFixture withSession() {
    var fixture = new ClientFixture();
    fixture.hosted(fixture.one);
    fixture.openSession();
    return fixture;
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  void hosted(TestProbe<ReplicaMessage> replica) {
    client.tell(new GroupClientMessage.Hosted(replica.ref()));
  }

  void located(TestProbe<ReplicaMessage> replica) {
    client.tell(new NodeMessage.Located(GROUP, Optional.of(replica.ref())));
  }

  /** Lets replica one open a session, and one command succeed in it. */
  private void openSession() {
    submit("first");
    ok(opening(one), SESSION);
    ok(proposal(one), "first reply");
    assertThat(caller.receiveMessage()).isInstanceOf(Outcome.Ok.class);
  }

  void submit(String command) {
    ref.tell(command, caller.ref());
  }

  /** In one step, after all and before all that the client has to do at that time. */
  void passes(Duration duration) {
    settles();
    nanos.addAndGet(duration.toNanos());
    time.timePasses(duration);
    settles();
  }

  /** The same, but timers are late, as they are: that is done before they fire. */
  void passesLate(Duration duration, Runnable before) {
    settles();
    nanos.addAndGet(duration.toNanos());
    before.run();
    settles();
    time.timePasses(duration);
    settles();
  }

  private void settles() {
    var thread = kit.system().dispatchers().lookup(ON_ITS_THREAD);
    for (int i = 0; i < 2; i++) { // what a timer starts there may send the client something
      var idle = new CountDownLatch(1);
      thread.execute(idle::countDown);
      await(idle);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Time for a try has passed without an answer. */
  void attemptTimesOut() {
    passes(ATTEMPT.plus(TICK));
  }

  /** The longest pause has passed. */
  void pausePasses() {
    passes(Duration.ofMillis(50));
  }

  /** The same, where it matters which of several pauses ends first. */
  void pausePassesTickByTick() {
    for (int i = 0; i < 5; i++) {
      passes(TICK);
    }
  }

  void deadlinePasses() {
    passes(ASK.plus(TICK));
  }

  /**
   * Refuses every try soon after it comes, while time passes in steps up to the deadline: shorter
   * than a try may take, and single ticks at the end, so that no try is open when the deadline
   * comes.
   */
  void refuseAllUntilDeadline(TestProbe<ReplicaMessage> replica, Reason reason) {
    var last = TICK.multipliedBy(10);
    for (var left = ASK; !left.isNegative(); ) {
      var step = left.compareTo(last) > 0 ? TICK.multipliedBy(5) : TICK;
      left = left.minus(step);
      passes(step);
      refuseAll(replica, reason);
    }
  }

  private void refuseAll(TestProbe<ReplicaMessage> replica, Reason reason) {
    ref.read("is all of that step done?", Read.stale(), fence.ref());
    var next = replica.receiveMessage();
    while (next instanceof Propose propose) {
      refuse(propose, reason);
      next = replica.receiveMessage();
    }
    answer((Ask) next, Optional.empty(), new Outcome.Ok<>("it is", 7));
    fence.receiveMessage();
  }

  Propose proposal(TestProbe<ReplicaMessage> replica) {
    var propose = replica.expectMessageClass(Propose.class);
    assertThat(propose.proposals()).allMatch(one -> one.kind() == EntryKind.COMMAND);
    return propose;
  }

  Propose opening(TestProbe<ReplicaMessage> replica) {
    var propose = replica.expectMessageClass(Propose.class);
    assertThat(propose.session()).isZero();
    assertThat(propose.proposals())
        .singleElement()
        .matches(one -> one.kind() == EntryKind.OPEN_SESSION);
    return propose;
  }

  /**
   * Proposals until so many commands have come: how a burst is cut into messages depends on timing.
   */
  List<Propose> proposals(TestProbe<ReplicaMessage> replica, int commands) {
    var all = new ArrayList<Propose>();
    while (all.stream().mapToInt(one -> one.proposals().size()).sum() < commands) {
      all.add(proposal(replica));
    }
    return all;
  }

  static EncodedCommand command(Propose propose, int index) {
    return EncodedCommand.decode(propose.proposals().get(index).payload());
  }

  static List<Long> requests(Propose propose) {
    return propose.proposals().stream()
        .map(one -> EncodedCommand.decode(one.payload()).request())
        .toList();
  }

  void ok(Propose propose, Object reply) {
    answer(propose, Optional.empty(), new Outcome.Ok<>(reply, 7));
  }

  void refuse(Propose propose, Reason reason) {
    answer(propose, Optional.empty(), refusal(reason));
  }

  void refuse(Propose propose, Reason reason, TestProbe<ReplicaMessage> leader) {
    answer(propose, Optional.of(leader.ref()), refusal(reason));
  }

  /** Answers all of them alike. */
  void answer(Propose propose, Optional<ActorRef<ReplicaMessage>> leader, Outcome<Object> outcome) {
    var answers = propose.proposals().stream().map(one -> new Answer(one.tag(), outcome)).toList();
    propose.client().tell(new Answers(GROUP, leader, answers));
  }

  void answer(Ask ask, Optional<ActorRef<ReplicaMessage>> leader, Outcome<Object> outcome) {
    var answers = ask.questions().stream().map(one -> new Answer(one.tag(), outcome)).toList();
    ask.client().tell(new Answers(GROUP, leader, answers));
  }

  static Outcome<Object> refusal(Reason reason) {
    return new Outcome.Rejected<>(reason, "because");
  }

  void expectRejected(Reason reason) {
    assertThat(caller.receiveMessage())
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  void expectUnknown() {
    assertThat(caller.receiveMessage()).isInstanceOf(Outcome.Unknown.class);
  }

  void expectOk(String... replies) {
    for (String reply : replies) {
      assertThat(caller.receiveMessage()).isEqualTo(new Outcome.Ok<>(reply, 7));
    }
  }

  @SafeVarargs
  final void expectNothing(TestProbe<ReplicaMessage>... replicas) {
    for (TestProbe<ReplicaMessage> replica : replicas) {
      replica.expectNoMessage();
    }
  }

  /** The client will stand still at the next message that it sends, until released. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  /** All nodes are one probe; replicas are reached directly. */
  private final class ProbedPeers implements Peers {
    @Override
    public ActorRef<NodeMessage> node(String address) {
      return node.ref();
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      var held = gate; // as it was when this message went out
      to.tell(message);
      await(held);
    }
  }
}
