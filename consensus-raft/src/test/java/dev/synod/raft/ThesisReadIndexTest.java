package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.effects;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeat;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.send;
import static dev.synod.raft.RaftFixture.term;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Member;
import dev.synod.core.MembershipChange;
import dev.synod.core.MembershipChange.AddLearner;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import dev.synod.raft.protocol.RaftMessage.ReadIndexReply;
import dev.synod.raft.protocol.RaftMessage.RequestReadIndex;
import dev.synod.raft.rules.Effect.ConfirmRead;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Role;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thesis §6.4 Reads at followers")
class ThesisReadIndexTest {

  private static final StoreId S4 = StoreId.of(4);
  private static final StoreId S5 = StoreId.of(5);
  private static final StoreId S6 = StoreId.of(6);

  @Test
  @DisplayName("a follower asks its leader for the index, and answers its reads itself")
  void asksForTheIndex() {
    var s1 = following(S2, 5, log(1), 0);

    var asks = checked(s1.read(70));
    var told = hear(asks.after(), new ReadIndexReply(S2, term(5), 70, 9));

    assertThat(asks.effects()).containsExactly(send(S2, new RequestReadIndex(S1, term(5), 70)));
    assertThat(told.effects()).containsExactly(new ConfirmRead(70, 9));
    assertThat(checked(follower(5, log(1)).read(70)).effects()).isEmpty();
  }

  @Test
  @DisplayName(
      "the leader answers with its commit index, once a quorum has confirmed that it leads")
  void confirmsFirst() {
    var asked = hear(committing(), new RequestReadIndex(S3, term(5), 70));
    var confirmed = hear(asked.after(), heartbeatReply(S2, 5, 1));

    assertThat(messages(asked)).containsExactly(heartbeat(S1, 5, 1, 1), heartbeat(S1, 5, 1, 1));
    assertThat(messages(confirmed)).containsExactly(new ReadIndexReply(S1, term(5), 70, 1));
  }

  @Test
  @DisplayName("not before an entry of its own term is committed")
  void ownTermFirst() {
    var asked = hear(leader(5, log(1)), new RequestReadIndex(S3, term(5), 70));
    var heard = hear(hear(asked.after(), heartbeatReply(S2, 5, 9)).after(), accepted(S2, 5, 2));

    assertThat(messages(asked)).isEmpty();
    assertThat(effects(heard, ConfirmRead.class)).isEmpty();
    assertThat(messages(heard)).noneMatch(ReadIndexReply.class::isInstance);
  }

  @Test
  @DisplayName("one round serves what several followers and the leader itself were asked before it")
  void oneRoundForAll() {
    var first = checked(committing().read(1)).after();
    var more = hear(first, new RequestReadIndex(S2, term(5), 20)).after();
    var all = hear(more, new RequestReadIndex(S3, term(5), 30)).after();

    var one = hear(all, heartbeatReply(S2, 5, 1));
    var two = hear(one.after(), heartbeatReply(S3, 5, 2));

    assertThat(effects(one, ConfirmRead.class)).containsExactly(new ConfirmRead(1, 1));
    assertThat(two.effects())
        .containsExactly(
            send(S2, new ReadIndexReply(S1, term(5), 20, 1)),
            send(S3, new ReadIndexReply(S1, term(5), 30, 1)));
  }

  @Test
  @DisplayName(
      "what a follower asks again or anew takes the place of what waits: bounded by servers")
  void oneForEachFollower() {
    Role role = checked(committing().read(1)).after();
    for (long read = 20; read < 40; read++) {
      role = hear(role, new RequestReadIndex(S2, term(5), read)).after();
      role = hear(role, new RequestReadIndex(S2, term(5), read)).after();
    }

    assertThat(((Leader) role).reads().waiting()).hasSize(1);
    var served = hear(hear(role, heartbeatReply(S3, 5, 1)).after(), heartbeatReply(S3, 5, 2));
    assertThat(messages(served)).containsExactly(new ReadIndexReply(S1, term(5), 39, 1));
  }

  @Test
  @DisplayName("who is not of the group, or of another term, is not answered")
  void strangersAreNotAnswered() {
    assertThat(hear(committing(), new RequestReadIndex(STRANGER, term(5), 7)).effects()).isEmpty();
    assertThat(hear(committing(), new RequestReadIndex(S2, term(4), 7)).effects()).isEmpty();
  }

  @Test
  @DisplayName(
      "heartbeats raise the round, and what was asked before is confirmed by later ones too")
  void heartbeatsDoNotDelay() {
    var asked = (Leader) checked(committing().read(1)).after();
    var beaten = (Leader) checked(asked.heartbeatDue()).after();
    var again = checked(beaten.heartbeatDue());

    var early = hear(again.after(), heartbeatReply(S2, 5, 1));
    var late = hear(again.after(), heartbeatReply(S2, 5, 3));

    assertThat(early.effects()).containsExactly(new ConfirmRead(1, 1));
    assertThat(late.effects()).containsExactly(new ConfirmRead(1, 1));
  }

  @Test
  @DisplayName("a learner's word confirms nothing; asked itself, it asks like any follower")
  void learnersDoNotConfirm() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.joins(S4);
    cluster.changes(S1, change(new AddLearner(S4)));
    cluster.deliverAll();
    cluster.cutOff(S2, S3);

    cluster.read(S1, 1);
    cluster.node(S4).perform(((Follower) cluster.node(S4).role).read(2));
    cluster.deliverAll();

    assertThat(cluster.delivered(HeartbeatReply.class)).anyMatch(one -> one.from().equals(S4));
    assertThat(cluster.node(S1).confirmedReads).isEmpty();
    assertThat(cluster.node(S4).confirmedReads).isEmpty();
    cluster.heal();
    cluster.beats(S1);
    cluster.deliverAll();
    assertThat(cluster.node(S1).confirmedReads).extracting(ConfirmRead::read).containsExactly(1L);
    assertThat(cluster.node(S4).confirmedReads).extracting(ConfirmRead::read).containsExactly(2L);
  }

  @Test
  @DisplayName("in a joint membership both majorities must confirm")
  void bothMajorities() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    List.of(S4, S5, S6).forEach(cluster::joins);
    cluster.changes(
        S1,
        change(
            new AddVoter(S4), new AddVoter(S5), new AddVoter(S6), new Remove(S2), new Remove(S3)));
    cluster.deliver(any -> !cluster.leader(S1).server().configuration().membership().isJoint());
    var joint = cluster.leader(S1);

    var asked = checked(joint.read(1));
    var old = hear(hear(asked.after(), answer(joint, S2)).after(), answer(joint, S3));
    var half = hear(old.after(), answer(joint, S4));
    var both = hear(half.after(), answer(joint, S5));

    assertThat(joint.server().configuration().membership().isJoint()).isTrue();
    assertThat(effects(old, ConfirmRead.class)).isEmpty();
    assertThat(effects(half, ConfirmRead.class)).isEmpty();
    assertThat(effects(both, ConfirmRead.class)).hasSize(1);
  }

  private static HeartbeatReply answer(Leader leader, StoreId from) {
    return new HeartbeatReply(from, leader.term(), leader.reads().round() + 1, 1);
  }

  private static ChangeRequest change(MembershipChange... changes) {
    var newcomers =
        Stream.of(S4, S5, S6)
            .map(store -> new Member(store, new NodeAddress("n" + store, "sim://n" + store)))
            .toList();
    return new ChangeRequest(new UUID(0, 1), 1, List.of(changes), newcomers);
  }

  /** A leader of term 5 whose no-op, at 1, is committed and known to all three. */
  private static Leader committing() {
    Role role = leader(5, log());
    for (var server : List.of(S1, S2, S3)) {
      role = hear(role, accepted(server, 5, 1)).after();
    }
    return (Leader) role;
  }
}
