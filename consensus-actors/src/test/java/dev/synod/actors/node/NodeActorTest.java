package dev.synod.actors.node;

import static dev.synod.actors.node.NodeSamples.FOUNDED;
import static dev.synod.actors.node.NodeSamples.GROUP;
import static dev.synod.actors.node.NodeSamples.NAMED;
import static dev.synod.actors.node.NodeSamples.S1;
import static dev.synod.actors.node.NodeSamples.S2;
import static dev.synod.actors.node.NodeSamples.S3;
import static dev.synod.actors.node.NodeSamples.SESSIONS;
import static dev.synod.actors.node.NodeSamples.hello;
import static dev.synod.actors.node.NodeSamples.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.PeerAt;
import dev.synod.actors.message.ReplicaMessage.Stop;
import dev.synod.actors.message.ReplicaMessage.Stopped;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.node.NodeSamples.DirectPeers;
import dev.synod.actors.node.NodeTask.FoundedHere;
import dev.synod.actors.node.NodeTask.Host;
import dev.synod.actors.node.NodeTask.Inspect;
import dev.synod.actors.node.NodeTask.StopAll;
import dev.synod.actors.transfer.SnapshotMessage;
import dev.synod.core.GroupId;
import dev.synod.core.InvariantViolation;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The node under test is n1. */
@DisplayName("A node's actor")
class NodeActorTest {

  private static final Duration HELLO = Duration.ofMillis(500);
  private static final Duration STOP = Duration.ofSeconds(3);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<NodeMessage> n2 = kit.createTestProbe();
  private final TestProbe<NodeMessage> n3 = kit.createTestProbe();
  private final TestProbe<ReplicaMessage> replica = kit.createTestProbe();
  private final TestProbe<ReplicaMessage> far = kit.createTestProbe();
  private final TestProbe<GroupClientMessage> client = kit.createTestProbe();
  private final TestProbe<SnapshotMessage> receiver = kit.createTestProbe();
  private final ActorRef<NodeMessage> node =
      kit.spawn(
          NodeActor.create(
              new DirectPeers(Map.of(S2.node().address(), n2.ref(), S3.node().address(), n3.ref())),
              new NodeSettings(HELLO, HELLO.multipliedBy(4), 10, true, Duration.ofSeconds(1), STOP),
              group -> new FileSnapshots(new MemoryDisk(new Random(1)), group, 1),
              Behaviors.monitor(SnapshotMessage.class, receiver.ref(), receiving())));

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  @Test
  @DisplayName("greets the other members, less and less often, until they have answered")
  void greets() {
    host(GROUP, watched());
    assertThat(n2.expectMessageClass(Hello.class).founded()).isEmpty();
    n3.expectMessageClass(Hello.class);
    node.tell(answer(S2));
    timePasses(HELLO);
    n3.expectMessageClass(Hello.class);
    timePasses(HELLO);
    n3.expectNoMessage();
    timePasses(HELLO);
    n3.expectMessageClass(Hello.class);
    n2.expectNoMessage();
    node.tell(answer(S3));
    timePasses(HELLO.multipliedBy(20));

    n3.expectNoMessage();
  }

  @Test
  @DisplayName("answers a greeting with what it knows, and only if it is asked to")
  void answers() {
    host(GROUP, watched());
    n2.expectMessageClass(Hello.class);
    node.tell(hello(S2, far.ref(), Optional.empty(), Optional.of(n2.ref())));
    var fresh = n2.expectMessageClass(Hello.class);
    var back = n2.expectMessageClass(Hello.class);
    found();
    n2.expectMessageClass(Hello.class); // tells all, once it is founded
    node.tell(hello(S2, far.ref(), Optional.of(FOUNDED), Optional.of(n2.ref())));
    var founded = n2.expectMessageClass(Hello.class);
    node.tell(hello(S2, far.ref(), Optional.of(FOUNDED), Optional.empty()));
    n2.expectNoMessage();

    assertThat(back.answerTo()).contains(node); // its own answer is still missing
    assertThat(fresh.answerTo()).isEmpty();
    assertThat(fresh.founded()).isEmpty();
    assertThat(founded.founded()).contains(FOUNDED);
    assertThat(founded.sender()).isEqualTo(S1);
  }

  @Test
  @DisplayName("hands a peer's whereabouts to the replica, again when the peer has restarted")
  void handsPeersOn() {
    host(GROUP, watched());
    found();
    node.tell(hello(S2, far.ref(), Optional.of(FOUNDED), Optional.empty()));
    replica.expectMessage(new PeerAt(S2.store(), far.ref()));
    node.tell(hello(S2, replica.ref(), Optional.of(FOUNDED), Optional.empty()));

    replica.expectMessage(new PeerAt(S2.store(), replica.ref()));
  }

  @Test
  @DisplayName("stops a replica without which its group was forced to go on, and says what to do")
  void fencesOldMembers() {
    host(GROUP, watched());
    found();
    var forced = new Incarnation(FOUNDED.incarnation()).forced(3);
    var next = new Founded(forced.number(), FOUNDED.configuration(), FOUNDED.sessions());
    node.tell(hello(S2, far.ref(), Optional.of(next), Optional.empty()));
    var statuses = new CompletableFuture<List<ReplicaStatus>>();
    node.tell(new Inspect(Optional.of(GROUP), statuses));

    assertThat(statuses.join().get(0).trouble())
        .hasValueSatisfying(trouble -> assertThat(trouble).contains("remove this node's data"));
    replica.expectNoMessage();
  }

  @Test
  @DisplayName("ignores an old member of a group that was forced to go on")
  void ignoresOldMembers() {
    host(GROUP, watched());
    var forced = new Incarnation(FOUNDED.incarnation()).forced(3);
    node.tell(
        new FoundedHere(
            GROUP, new Founded(forced.number(), FOUNDED.configuration(), FOUNDED.sessions())));
    node.tell(hello(S2, far.ref(), Optional.of(FOUNDED), Optional.empty()));

    replica.expectNoMessage();
  }

  @Test
  @DisplayName("keeps away who lives by another founding, or by none once there is one")
  void keepsOthersAway() {
    host(GROUP, watched());
    found();
    var other = NodeSamples.found(GROUP, List.of(S1, S2, member(4)), SESSIONS, NodeSamples.ORIGIN);
    node.tell(hello(S2, far.ref(), Optional.of(other), Optional.empty()));
    node.tell(hello(member(4), far.ref(), Optional.empty(), Optional.empty()));

    replica.expectNoMessage();
  }

  @Test
  @DisplayName("knows a voter that has not yet heard how the group was founded")
  void votersAreKnownEarly() {
    host(GROUP, watched());
    found();
    node.tell(hello(S2, far.ref(), Optional.empty(), Optional.empty()));

    replica.expectMessage(new PeerAt(S2.store(), far.ref()));
  }

  @Test
  @DisplayName("says where its replica is, and that it hosts none of another group")
  void locates() {
    var asker = kit.<Located>createTestProbe();
    host(GROUP, watched());
    node.tell(new Locate(GROUP, asker.ref()));
    node.tell(new Locate(new GroupId("other"), asker.ref()));
    var hosted = client.expectMessageClass(GroupClientMessage.Hosted.class);

    asker.expectMessage(new Located(GROUP, Optional.of(hosted.replica())));
    asker.expectMessage(new Located(new GroupId("other"), Optional.empty()));
  }

  @Test
  @DisplayName("passes the question who leads on to its replica of that group")
  void passesTheSearchOn() {
    var ask = new WhoLeads(GROUP, 0, -1, kit.<Leads>createTestProbe().ref());
    node.tell(ask);
    host(GROUP, watched());
    node.tell(ask);
    node.tell(new WhoLeads(new GroupId("other"), 0, -1, ask.client()));
    node.tell(ask);

    replica.expectMessage(ask);
    replica.expectMessage(ask);
    replica.expectNoMessage();
  }

  @Test
  @DisplayName("lets the snapshot receiver know of a founded replica, and that one is gone")
  void tellsTheReceiver() {
    host(GROUP, failing(new IllegalStateException("boom")));
    found();
    assertThat(receiver.expectMessageClass(SnapshotMessage.Hosted.class).incarnation())
        .isEqualTo(FOUNDED.incarnation());
    failReplica();

    receiver.expectMessage(new SnapshotMessage.NotHosted(GROUP));
  }

  @Test
  @DisplayName("reports a replica that broke a rule, and does not start it again; others go on")
  void failuresAreReported() {
    var well = new GroupId("well");
    host(GROUP, failing(new InvariantViolation("two leaders in a term")));
    host(well, watched());
    failReplica();
    receiver.expectMessage(new SnapshotMessage.NotHosted(GROUP));
    var statuses = inspect(Optional.empty());

    assertThat(statuses).hasSize(2);
    assertThat(statuses.get(0).role()).isEqualTo("stopped");
    assertThat(statuses.get(0).trouble()).get().asString().contains("two leaders in a term");
    assertThat(statuses.get(1).trouble()).isEmpty();
    var asker = kit.<Located>createTestProbe();
    node.tell(new Locate(GROUP, asker.ref()));
    asker.expectMessage(new Located(GROUP, Optional.empty()));
  }

  @Test
  @DisplayName("reports a replica that does not tell its status in time")
  void silentReplicas() {
    host(GROUP, Behaviors.monitor(ReplicaMessage.class, replica.ref(), Behaviors.ignore()));
    var reply = new CompletableFuture<List<ReplicaStatus>>();
    node.tell(new Inspect(Optional.of(GROUP), reply));
    replica.expectMessageClass(ReplicaMessage.GetStatus.class);
    List<ReplicaStatus> told = List.of();
    for (int i = 0; i < 3 && told.isEmpty(); i++) { // waiting begins somewhat after asking
      time.timePasses(Duration.ofSeconds(2));
      told = reply.copy().completeOnTimeout(List.of(), 10, TimeUnit.SECONDS).join();
    }

    assertThat(told.get(0).trouble()).get().asString().contains("does not answer");
  }

  @Test
  @DisplayName("stops once all replicas have handed over")
  void handsOver() {
    host(GROUP, watched());
    var reply = new CompletableFuture<Boolean>();
    node.tell(new StopAll(reply));
    replica.expectMessageClass(Stop.class).replyTo().tell(Stopped.INSTANCE);

    client.expectTerminated(node);
    assertThat(reply).isCompletedWithValue(true);
  }

  @Test
  @DisplayName("starts the receiver of snapshots anew if it fails, and tells it what is hosted")
  void receiverFails() {
    host(GROUP, watched());
    found();
    var hosted = receiver.expectMessageClass(SnapshotMessage.Hosted.class);
    LoggingTestKit.error("the receiver of snapshots begins anew")
        .expect(
            kit.system(),
            () -> {
              node.tell(offer());
              return null;
            });
    receiver.expectMessageClass(SnapshotMessage.Offer.class);

    assertThat(receiver.expectMessageClass(SnapshotMessage.Hosted.class).replica())
        .isEqualTo(hosted.replica());
  }

  private SnapshotMessage.Offer offer() {
    return new SnapshotMessage.Offer(
        GROUP,
        FOUNDED.incarnation(),
        S2.store(),
        new Term(1),
        new LogPosition(1, new Term(1)),
        FOUNDED.configuration(),
        1,
        0,
        false,
        kit.<SnapshotMessage.Reply>createTestProbe().ref());
  }

  private static Behavior<SnapshotMessage> receiving() {
    return Behaviors.receive(SnapshotMessage.class)
        .onMessage(
            SnapshotMessage.Offer.class,
            offer -> {
              throw new IllegalStateException("planted");
            })
        .onAnyMessage(message -> Behaviors.same())
        .build();
  }

  @Test
  @DisplayName("waits only so long for replicas to hand over")
  void handsOverInTime() {
    host(GROUP, watched());
    var reply = new CompletableFuture<Boolean>();
    node.tell(new StopAll(reply));
    replica.expectMessageClass(Stop.class);
    timePasses(STOP.plus(HELLO));

    client.expectTerminated(node);
    assertThat(reply).isCompletedWithValue(false);
  }

  private void host(GroupId group, Behavior<ReplicaMessage> behavior) {
    node.tell(new Host(group, S1, NAMED, actor -> behavior, ReplicaMeters.NONE, client.ref()));
  }

  /** Once the node has done all that it was told, such as to wait for that time. */
  private void timePasses(Duration duration) {
    var asker = kit.<Located>createTestProbe();
    node.tell(new Locate(GROUP, asker.ref()));
    asker.receiveMessage();
    time.timePasses(duration);
  }

  private void found() {
    node.tell(new FoundedHere(GROUP, FOUNDED));
  }

  private void failReplica() {
    node.tell(hello(S2, far.ref(), Optional.of(FOUNDED), Optional.empty()));
  }

  private List<ReplicaStatus> inspect(Optional<GroupId> group) {
    var reply = new CompletableFuture<List<ReplicaStatus>>();
    node.tell(new Inspect(group, reply));
    return reply.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private Hello answer(Member from) {
    return hello(from, far.ref(), Optional.empty(), Optional.empty());
  }

  /** A replica that tells its status, and shows the test what else it hears. */
  private Behavior<ReplicaMessage> watched() {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(
            ReplicaMessage.GetStatus.class,
            get -> {
              get.replyTo().tell(NodeSamples.wellOf(new GroupId("well")));
              return Behaviors.same();
            })
        .onMessage(Hello.class, heard -> Behaviors.same())
        .onAnyMessage(
            message -> {
              replica.ref().tell(message);
              return Behaviors.same();
            })
        .build();
  }

  private static Behavior<ReplicaMessage> failing(Throwable cause) {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(
            PeerAt.class,
            peer -> {
              if (cause instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) cause;
            })
        .onAnyMessage(message -> Behaviors.same())
        .build();
  }
}
