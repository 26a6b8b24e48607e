package dev.synod.raft;

import static dev.synod.raft.RaftFixture.ROOMY;
import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.candidate;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.group;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.preCandidate;
import static dev.synod.raft.RaftFixture.send;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static dev.synod.raft.RaftFixture.voteReply;
import static dev.synod.raft.RaftFixture.voted;
import static dev.synod.raft.RaftFixture.whenDurable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.ChangeRequest;
import dev.synod.core.EntryKind;
import dev.synod.core.InvariantViolation;
import dev.synod.core.Member;
import dev.synod.core.MembershipChange;
import dev.synod.core.MembershipChange.AddLearner;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.NodeAddress;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.Proposal;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Server;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thesis §3.10 Leadership transfer")
class ThesisHandoverTest {

  @Test
  @DisplayName("a successor that has everything is told to stand, and nothing is appended any more")
  void tellsTheBestFollower() {
    var s1 = settled(log(1, 1));

    var step = checked(s1.transfer(3));

    assertThat(step.effects()).containsExactly(send(S3, new TimeoutNow(S1, term(5))));
    assertThat(((Leader) step.after()).takesProposals()).isFalse();
    assertThat(((Leader) step.after()).objectionTo(request(new AddLearner(StoreId.of(4)))))
        .map(Objection::passes)
        .contains(true);
    assertThatThrownBy(() -> ((Leader) step.after()).propose(List.of(command())))
        .isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("one that is behind is brought up to date first")
  void waitsUntilItHasEverything() {
    var s1 = settled(log(1, 1));

    var step = checked(s1.transfer(S2, 3));
    var early = hear(step.after(), accepted(S2, 5, 2));
    var now = hear(early.after(), accepted(S2, 5, 3));

    assertThat(messages(step)).isEmpty();
    assertThat(messages(early)).isEmpty();
    assertThat(now.effects()).contains(send(S2, new TimeoutNow(S1, term(5))));
    assertThat(hear(now.after(), accepted(S2, 5, 3)).effects()).isEmpty();
  }

  @Test
  @DisplayName("nobody is told before all is committed: who waits for it is answered first")
  void waitsUntilAllIsCommitted() {
    var log = log(1, 1);
    var s1 = (Leader) hear(leader(server(S1, 5, log), 5, log), accepted(S2, 5, 3)).after();

    var step = checked(s1.transfer(S2, 3));
    var own = hear(step.after(), accepted(S1, 5, 3));
    var third = hear(own.after(), accepted(S3, 5, 3));

    assertThat(messages(step)).isEmpty();
    assertThat(messages(own)).isEmpty();
    assertThat(third.effects()).contains(send(S2, new TimeoutNow(S1, term(5))));
  }

  @Test
  @DisplayName("the request to stand may get lost: it is repeated with the heartbeats")
  void repeats() {
    var s1 = (Leader) checked(settled(log(1, 1)).transfer(S3, 3)).after();

    assertThat(checked(s1.heartbeatDue()).effects())
        .contains(send(S3, new TimeoutNow(S1, term(5))));
  }

  @Test
  @DisplayName("a successor that does not take over in time is given up: the leader leads on")
  void givesUp() {
    var s1 = (Leader) checked(settled(log(1, 1)).transfer(S3, 2)).after();

    var once = (Leader) checked(heardAgain(s1).quorumCheckDue()).after();
    var twice = (Leader) checked(heardAgain(once).quorumCheckDue()).after();

    assertThat(once.takesProposals()).isFalse();
    assertThat(twice.takesProposals()).isTrue();
    assertThat(twice.handover().wasTold()).isTrue();
    assertThat(messages(checked(twice.heartbeatDue()))).doesNotContain(new TimeoutNow(S1, term(5)));
  }

  @Test
  @DisplayName("one that was heard since the last check goes before one that has more")
  void prefersOneThatIsHeard() {
    var unheard = checked(settled(log(1, 1)).quorumCheckDue()).after();
    var heard = (Leader) hear(unheard, heartbeatReply(S2, 5, 0)).after();

    assertThat(heard.bestSuccessor()).contains(S2);
  }

  @Test
  @DisplayName("just after a check of the quorum, when nobody counts as heard, it hands over too")
  void handsOverJustAfterACheck() {
    var unheard = (Leader) checked(settled(log(1, 1)).quorumCheckDue()).after();

    assertThat(checked(unheard.transfer(3)).effects())
        .contains(send(S3, new TimeoutNow(S1, term(5))));
  }

  @Test
  @DisplayName("a group of one has nobody to hand over to")
  void nobodyToHandOverTo() {
    var log = log();
    var alone = (Leader) hear(candidate(server(S1, 1, log), 5), voteReply(S1, 5, true)).after();

    assertThat(checked(alone.transfer(3)).after()).isEqualTo(alone);
  }

  @Test
  @DisplayName("who is no member, not heard, or not the one under way, is refused with the reason")
  void objections() {
    var unheard = (Leader) checked(settled(log(1, 1)).quorumCheckDue()).after();
    var toS3 = (Leader) checked(settled(log(1, 1)).transfer(S3, 3)).after();

    assertThat(unheard.objectionToTransfer(STRANGER)).map(Objection::passes).contains(false);
    assertThat(unheard.objectionToTransfer(S2)).map(Objection::passes).contains(true);
    assertThat(toS3.objectionToTransfer(S2)).map(Objection::passes).contains(true);
    assertThat(toS3.objectionToTransfer(S3)).isEmpty();
  }

  @Test
  @DisplayName("a learner, or who is about to lose its vote, can't lead")
  void onlyVotersThatStay() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.joins(StoreId.of(4));
    cluster.changes(S1, request(new AddLearner(StoreId.of(4))));
    cluster.deliverAll();
    var learner = cluster.leader(S1).objectionToTransfer(StoreId.of(4));
    cluster.changes(S1, request(new Remove(S2)));

    assertThat(learner.orElseThrow().text()).contains("learner");
    assertThat(cluster.leader(S1).objectionToTransfer(S2).orElseThrow().text())
        .contains("lose its vote");
    assertThat(cluster.leader(S1).objectionToTransfer(S3)).isEmpty();
  }

  @Test
  @DisplayName("the successor stands at once, without asking first whether it could win")
  void successorStandsAtOnce() {
    for (Role role : new Role[] {following(S2, 5, log(1), 0), preCandidate(5, log(1))}) {
      var step = hear(role, new TimeoutNow(S2, term(5)));

      assertThat(step.after()).isInstanceOf(Candidate.class);
      assertThat(step.after().state()).isEqualTo(voted(6, S1));
      assertThat(step.effects())
          .contains(whenDurable(S3, new RequestVote(S1, term(6), at(1, 1), true)));
    }
  }

  @Test
  @DisplayName("servers that still hear the old leader vote in this election")
  void handoverIsHeardInSpiteOfTheLeader() {
    var step = hear(following(S2, 5, log(), 0), new RequestVote(S3, term(6), at(0, 0), true));

    assertThat(messages(step)).containsExactly(voteReply(S1, 6, true));
  }

  @Test
  @DisplayName("a request to stand of an older term, or for a leader or candidate, changes nothing")
  void lateRequestsChangeNothing() {
    for (Role role : new Role[] {follower(5, log()), preCandidate(5, log()), candidate(5, log())}) {
      assertThat(hear(role, new TimeoutNow(S2, term(4))).after()).isEqualTo(role);
    }
    for (Role role : new Role[] {candidate(5, log()), leader(5, log())}) {
      var step = hear(role, new TimeoutNow(S2, term(5)));
      assertThat(step.after()).isEqualTo(role);
      assertThat(step.effects()).isEmpty();
    }
  }

  @Test
  @DisplayName("a server outside the group does not stand, whoever asks")
  void strangersDoNotStand() {
    var s99 = follower(Server.of(STRANGER, group(3), log(), ROOMY, Priority.of(1)), 5);

    assertThat(hear(s99, new TimeoutNow(S2, term(5))).after()).isEqualTo(s99);
  }

  @Test
  @DisplayName("a handover takes one election, loses nothing, and nobody waits for a timeout")
  void handsOver() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.propose(S1, "x");
    cluster.deliverAll();

    cluster.handsOver(S1);
    cluster.deliverAll();

    var successor =
        cluster.nodes().stream().filter(n -> n.role instanceof Leader).findFirst().orElseThrow();
    assertThat(successor.role.term()).isEqualTo(term(2));
    assertThat(cluster.node(S1).role.leader()).contains(successor.role.self());
    assertThat(cluster.committed()).isEqualTo(3);
  }

  @Test
  @DisplayName("the request to stand gets lost: the group elects by timeout as ever")
  void lostRequestCostsATimeout() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.deliverAll();
    cluster.handsOver(S1);
    cluster.lose(any -> true);

    cluster.elect(S2);

    assertThat(cluster.leader(S2).term()).isEqualTo(term(2));
  }

  @Test
  @DisplayName("a successor that is behind can't win; another can, after a timeout")
  void successorThatIsBehind() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S3);
    cluster.propose(S1, "x");
    cluster.deliverAll();
    cluster.heal();

    cluster.handOver(new Cluster.Envelope(S3, new TimeoutNow(S1, term(1))));
    cluster.deliverAll();
    assertThat(cluster.node(S3).role).isInstanceOf(Follower.class);

    cluster.elect(S2);
    assertThat(cluster.node(S3).log.entries()).isEqualTo(cluster.node(S2).log.entries());
  }

  /** Leads in t5 with three entries, all committed; S3 has them all, S2 has two. */
  private static Leader settled(ListLog log) {
    var s1 = hear(leader(5, log), accepted(S2, 5, 2)).after();
    return (Leader) hear(hear(s1, accepted(S3, 5, 3)).after(), accepted(S1, 5, 3)).after();
  }

  private static Leader heardAgain(Leader leader) {
    return (Leader) hear(leader, heartbeatReply(S2, 5, 0)).after();
  }

  private static Proposal command() {
    return new Proposal(EntryKind.COMMAND, Bytes.utf8("x"));
  }

  private static ChangeRequest request(MembershipChange change) {
    long version = change instanceof Remove ? 2 : 1;
    var s4 = new Member(StoreId.of(4), new NodeAddress("n4", "sim://n4"));
    return new ChangeRequest(new UUID(0, version), version, List.of(change), List.of(s4));
  }
}
