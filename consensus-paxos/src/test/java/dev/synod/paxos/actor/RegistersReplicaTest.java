package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.RegisterChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Registers on a node, as an actor,")
class RegistersReplicaTest extends ActorFixture {

  private static final List<Member> MEMBERS =
      List.of(member(S1, "n1"), member(S2, "n2"), member(S3, "n3"));

  private final HeldLog log = new HeldLog();
  private final TestProbe<ReplicaMessage> peer = kit.createTestProbe();
  private final TestProbe<Outcome<RegisterReply>> client = kit.createTestProbe();
  private final CompletableFuture<ActorRef<ProposerMessage>> proposer = new CompletableFuture<>();

  private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();

  private static Member member(StoreId store, String name) {
    return new Member(store, new NodeAddress(name, "pekko://x@" + name + ":1"));
  }

  private ActorRef<ReplicaMessage> replica(Map<StoreId, ActorRef<ReplicaMessage>> roster) {
    var configuration = new Configuration(MEMBERS, List.of(), List.of());
    var setup =
        new ReplicaSetup(
            new GroupId("registers"),
            MEMBERS.get(0),
            new Founded(1, configuration, new SessionLimits(1, 1)),
            log.asLog(),
            PEERS,
            roster,
            replica -> Behaviors.ignore(),
            new SplittableRandom(1),
            () -> 0);
    var quorums = Quorums.majorities(List.of(S1, S2, S3));
    return kit.spawn(
        RegistersReplica.create(
            setup, settings(""), quorums, proposer::complete, () -> stopped.complete(true)));
  }

  private void read() {
    proposer
        .join()
        .tell(new ProposerMessage.Submit(KEY, new RegisterChange.Get(), PATIENCE, client.getRef()));
  }

  private PaxosMessage.ToAcceptor<Content> asked() {
    return peer.awaitAssert(
        () -> {
          log.becomeDurable();
          return peer.expectMessageClass(AcceptorMessage.Hear.class, LOOK).request();
        });
  }

  @Test
  @DisplayName("uses no round that an earlier life of it reserved")
  void roundsAreKept() {
    var before = log.asLog();
    before.save(RoundsFormat.encode(1000));
    replica(Map.of(S2, peer.getRef()));

    read();

    assertThat(asked()).isEqualTo(new PaxosMessage.Prepare<>(new Ballot(1001, S1)));
  }

  @Test
  @DisplayName("asks nobody before its acceptor's disk has kept the rounds")
  void roundsAreKeptFirst() {
    replica(Map.of(S2, peer.getRef()));

    read();
    peer.expectNoMessage(LOOK);

    assertThat(asked()).isEqualTo(new PaxosMessage.Prepare<>(LOW));
    assertThat(log.asLog().saved().map(RoundsFormat::decode).orElse(0L)).isGreaterThan(1);
  }

  @Test
  @DisplayName("asks acceptors that it hears of later, too")
  void learnsOfPeers() {
    var replica = replica(Map.of());
    replica.tell(new ReplicaMessage.PeerAt(S3, peer.getRef()));

    peer.awaitAssert(
        () -> {
          read();
          log.becomeDurable();
          return peer.expectMessageClass(AcceptorMessage.Hear.class, LOOK);
        });
  }

  @Test
  @DisplayName("passes on to its acceptor what proposers of other nodes say")
  void passesOn() {
    var replica = replica(Map.of());
    var other = kit.<ProposerMessage>createTestProbe();
    var prepare = new AcceptorMessage.Hear(KEY, new PaxosMessage.Prepare<>(HIGH), other.getRef());

    var promised =
        other.awaitAssert(
            () -> {
              replica.tell(prepare);
              log.becomeDurable();
              return other.expectMessageClass(ProposerMessage.Hear.class, LOOK);
            });

    assertThat(promised.answer())
        .isEqualTo(new PaxosMessage.Promise<Content>(S1, HIGH, Optional.empty()));
  }

  @Test
  @DisplayName("says when nobody does any more what callers want")
  void saysWhenItStops() {
    var replica = replica(Map.of());
    proposer.join();
    assertThat(stopped).isNotCompleted();

    kit.stop(replica);

    assertThat(stopped).isCompletedWithValue(true);
  }
}
