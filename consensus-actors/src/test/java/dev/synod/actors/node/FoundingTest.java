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

import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.GetStatus;
import dev.synod.actors.message.ReplicaMessage.PeerAt;
import dev.synod.actors.message.ReplicaMessage.Stop;
import dev.synod.actors.message.ReplicaMessage.Stopped;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.node.NodeSamples.DirectPeers;
import dev.synod.actors.node.NodeSamples.FakeProtocol;
import dev.synod.actors.node.NodeTask.FoundedHere;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Outcome.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica before its group is founded")
class FoundingTest {

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<NodeMessage> node = kit.createTestProbe();
  private final TestProbe<ReplicaSetup> served = kit.createTestProbe();
  private final TestProbe<Answers> client = kit.createTestProbe();
  private final TestProbe<ReplicaMessage> peer = kit.createTestProbe();

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  @Test
  @DisplayName("serves only once the founding is durable")
  void durableFirst() {
    var log = fresh();
    var replica = spawn(S1, log);
    replica.tell(answer(S2));
    replica.tell(answer(S3));
    status(replica); // by then both are handled
    served.expectNoMessage();
    assertThat(log.description()).contains(new GroupDescription("fake", FOUNDED).encode());
    node.expectNoMessage();

    log.becomeDurable();
    assertThat(served.receiveMessage().founded()).isEqualTo(FOUNDED);
    node.expectMessage(new FoundedHere(GROUP, FOUNDED));
  }

  @Test
  @DisplayName("goes straight on, if the store says how the group was founded")
  void goesStraightOn() {
    var log =
        new DescriptionLog(GROUP, Optional.of(new GroupDescription("fake", FOUNDED).encode()));
    spawn(S2, log);

    assertThat(served.receiveMessage().founded()).isEqualTo(FOUNDED);
    node.expectMessage(new FoundedHere(GROUP, FOUNDED));
  }

  @Test
  @DisplayName("adopts at most one founding, whatever it hears while that is being written")
  void adoptsOnce() {
    var log = fresh();
    var replica = spawn(S2, log);
    replica.tell(founded(S1));
    var other =
        NodeSamples.found(
            GROUP,
            List.of(S1, S2, new Member(member(13).store(), S3.node())),
            SESSIONS,
            NodeSamples.ORIGIN);
    replica.tell(hello(S3, peer.ref(), Optional.of(other), Optional.empty()));
    // the first Hello has been handled for sure once the status is told
    status(replica);
    log.becomeDurable();

    assertThat(served.receiveMessage().founded()).isEqualTo(FOUNDED);
  }

  @Test
  @DisplayName("knows the peers that it met by then")
  void handsTheRosterOn() {
    var log = fresh();
    var replica = spawn(S2, log);
    replica.tell(new PeerAt(S1.store(), peer.ref()));
    replica.tell(founded(S1));
    status(replica);
    log.becomeDurable();

    assertThat(served.receiveMessage().roster()).containsEntry(S1.store(), peer.ref());
  }

  @Test
  @DisplayName("keeps no client waiting: there is no leader")
  void refusesClients() {
    var replica = spawn(S1, fresh());
    replica.tell(propose());

    assertThat(client.receiveMessage().answers()).extracting(Answer::tag).containsExactly(7L, 8L);
  }

  @Test
  @DisplayName("says once that it is a stranger, and that clients must look elsewhere")
  void stranger() {
    var replica = spawn(new Member(member(12).store(), S1.node()), fresh());
    replica.tell(founded(S2));
    var status = status(replica);
    replica.tell(propose());

    assertThat(status.role()).isEqualTo("stranger");
    assertThat(status.trouble()).get().asString().contains("s12", "membership change");
    assertThat(client.receiveMessage().answers())
        .allSatisfy(
            answer ->
                assertThat(answer.outcome())
                    .isInstanceOfSatisfying(
                        Rejected.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_HOSTED)));
    served.expectNoMessage();
  }

  @Test
  @DisplayName("stays a stranger, though all others answer that they are fresh later")
  void strangersFoundNothing() {
    var replica = spawn(new Member(member(11).store(), S1.node()), fresh());
    replica.tell(founded(S2));
    replica.tell(answer(S2));
    replica.tell(answer(S3));

    assertThat(status(replica).role()).isEqualTo("stranger");
    served.expectNoMessage();
  }

  @Test
  @DisplayName("fails, if the log can't write the founding")
  void logFailure() {
    var log = fresh();
    var replica = spawn(S1, log);
    status(replica);
    log.fail("no space left on the disk");

    client.expectTerminated(replica);
  }

  @Test
  @DisplayName("stops when it is told to")
  void stops() {
    var replica = spawn(S1, fresh());
    var stopped = kit.<Stopped>createTestProbe();
    replica.tell(new Stop(stopped.ref()));

    stopped.expectMessage(Stopped.INSTANCE);
    stopped.expectTerminated(replica);
  }

  private static DescriptionLog fresh() {
    return new DescriptionLog(GROUP, Optional.empty());
  }

  private ActorRef<ReplicaMessage> spawn(Member self, DescriptionLog log) {
    var protocol =
        new FakeProtocol(
            setup -> {
              served.ref().tell(setup);
              return Behaviors.ignore();
            });
    var peers = new DirectPeers(Map.of());
    return kit.spawn(
        Founding.create(
            new FoundingSetup(
                GROUP,
                self,
                NAMED,
                false,
                SESSIONS,
                Optional.empty(),
                (restoration, founded) -> CompletableFuture.completedStage(Done.getInstance()),
                protocol,
                log,
                peers,
                Optional.empty(),
                node.ref(),
                (founded, roster) ->
                    new ReplicaSetup(
                        GROUP,
                        self,
                        founded,
                        log,
                        peers,
                        roster,
                        replica -> Behaviors.ignore(),
                        new Random(1),
                        () -> 0))));
  }

  private ReplicaStatus status(ActorRef<ReplicaMessage> replica) {
    var asker = kit.<ReplicaStatus>createTestProbe();
    replica.tell(new GetStatus(asker.ref()));
    return asker.receiveMessage();
  }

  private NodeMessage.Hello answer(Member from) {
    return hello(from, peer.ref(), Optional.empty(), Optional.empty());
  }

  private NodeMessage.Hello founded(Member from) {
    return hello(from, peer.ref(), Optional.of(FOUNDED), Optional.empty());
  }

  private Propose propose() {
    return new Propose(
        GROUP,
        client.ref(),
        0,
        List.of(
            new Proposal(7, EntryKind.OPEN_SESSION, Bytes.EMPTY),
            new Proposal(8, EntryKind.OPEN_SESSION, Bytes.EMPTY)));
  }
}
