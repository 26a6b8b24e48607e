package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.append;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.candidate;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.effects;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeat;
import static dev.synod.raft.RaftFixture.installSnapshot;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.notVoted;
import static dev.synod.raft.RaftFixture.preCandidate;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.send;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static dev.synod.raft.RaftFixture.voteReply;
import static dev.synod.raft.RaftFixture.voted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.RequestPreVote;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.PreCandidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thesis §9.6 Pre-vote")
class ThesisPreVoteTest {

  @Test
  @DisplayName("a server that times out asks first, and raises no term by asking")
  void asksFirst() {
    var step = checked(follower(5, log(1, 4)).electionTimeout());

    assertThat(step.after()).isInstanceOf(PreCandidate.class);
    assertThat(step.after().state()).isEqualTo(notVoted(5));
    assertThat(step.effects())
        .containsExactly(
            Timer.RESTART_ELECTION,
            send(S2, new RequestPreVote(S1, term(5), at(2, 4))),
            send(S3, new RequestPreVote(S1, term(5), at(2, 4))));
  }

  @Test
  @DisplayName("the asked one would vote for an up-to-date log, if it hears no leader")
  void wouldVoteForAnUpToDateLog() {
    var asked = new RequestPreVote(S2, term(5), at(2, 4));

    assertThat(messages(hear(follower(5, log(1, 4)), asked))).containsExactly(would(S1, 5));
    assertThat(messages(hear(follower(5, log(1, 4, 4)), asked))).containsExactly(wouldNot(S1, 5));
    assertThat(messages(hear(following(S3, 5, log(1), 0), asked))).containsExactly(wouldNot(S1, 5));
    assertThat(messages(hear(leader(5, log(1)), asked))).containsExactly(wouldNot(S1, 5));
  }

  @Test
  @DisplayName(
      "saying so is no vote: nothing is saved, nothing promised, more may be told the same")
  void promisesNothing() {
    var s1 = follower(5, log());

    var step = hear(s1, new RequestPreVote(S2, term(5), at(0, 0)));

    assertThat(step.after()).isEqualTo(s1);
    assertThat(effects(step, Effect.Save.class)).isEmpty();
    assertThat(messages(hear(step.after(), new RequestPreVote(S3, term(5), at(0, 0)))))
        .containsExactly(would(S1, 5));
  }

  @Test
  @DisplayName("candidates and pre-candidates may say they would vote for another, too")
  void candidatesAnswerToo() {
    var asked = new RequestPreVote(S2, term(5), at(0, 0));

    assertThat(messages(hear(preCandidate(5, log()), asked))).containsExactly(would(S1, 5));
    assertThat(messages(hear(candidate(5, log()), asked))).containsExactly(would(S1, 5));
  }

  @Test
  @DisplayName("an election begins only if a majority would vote; half of an even group is none")
  void beginsWithAMajority() {
    var s1 = checked(follower(server(S1, 4, log()), 5).electionTimeout()).after();

    var two = hear(s1, would(S2, 5));
    var three = hear(two.after(), would(S3, 5));

    assertThat(two.after()).isInstanceOf(PreCandidate.class);
    assertThat(three.after()).isInstanceOf(Candidate.class);
  }

  @Test
  @DisplayName("if a majority would not, it waits as a follower for its next timeout")
  void waitsIfItCouldNotWin() {
    var one = hear(preCandidate(5, log()), wouldNot(S2, 5));
    var two = hear(one.after(), wouldNot(S3, 5));

    assertThat(one.after()).isInstanceOf(PreCandidate.class);
    assertThat(two.after()).isInstanceOf(Follower.class);
    assertThat(two.effects()).isEmpty();
  }

  @Test
  @DisplayName("answers of another term count for nothing, and strangers' neither")
  void onlyAnswersOfThisTermCount() {
    var s1 = preCandidate(5, log());

    assertThat(hear(s1, would(S2, 4)).after()).isEqualTo(s1);
    assertThat(hear(s1, would(STRANGER, 5)).after()).isInstanceOf(PreCandidate.class);
  }

  @Test
  @DisplayName("nobody answers: it asks again at every timeout")
  void asksAgain() {
    var again = checked(preCandidate(5, log()).electionTimeout());

    assertThat(again.after()).isInstanceOf(PreCandidate.class);
    assertThat(messages(again)).hasSize(2);
  }

  @Test
  @DisplayName("a server that was cut off does not come back with a raised term")
  void cutOffServersDisturbNobody() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S3);
    for (int timeout = 0; timeout < 10; timeout++) {
      cluster.timesOut(S3);
      cluster.deliverAll();
    }
    cluster.heal();
    cluster.timesOut(S3);
    cluster.deliverAll();
    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(cluster.leader(S1).term()).isEqualTo(term(1));
    assertThat(cluster.node(S3).role.leader()).contains(S1);
  }

  @Test
  @DisplayName("terms differ and no leader is left: asking spreads the higher term, and one wins")
  void lagsInTermDoNotDeadlock() {
    for (var first : List.of(S1, S2, S3)) {
      var cluster = Cluster.of(3);
      cluster.node(S1).began(7, log(1));
      cluster.node(S2).began(5, log(1, 2));
      cluster.node(S3).began(6, log(1, 2));
      var order = new ArrayList<>(List.of(S1, S2, S3));
      Collections.rotate(order, -order.indexOf(first));

      int attempts = 0;
      while (cluster.nodes().stream().noneMatch(n -> n.role instanceof Leader)) {
        assertThat(attempts).as("beginning with %s", first).isLessThan(6);
        cluster.timesOut(order.get(attempts++ % 3));
        cluster.deliverAll();
      }
      assertThat(cluster.committed()).isEqualTo(3);
    }
  }

  @Test
  @DisplayName(
      "a pre-candidate may vote for another in the same term, and then follows that election")
  void preCandidatesMayVote() {
    var step = hear(preCandidate(5, log()), requestVote(S2, 5, at(0, 0)));

    assertThat(messages(step)).containsExactly(voteReply(S1, 5, true));
    assertThat(step.after()).isInstanceOf(Follower.class);
    assertThat(step.after().state()).isEqualTo(voted(5, S2));
  }

  @Test
  @DisplayName("a vote that it denies does not end its own asking")
  void denyingAVoteEndsNothing() {
    var s1 = preCandidate(5, log(1, 4));

    var step = hear(s1, requestVote(S2, 5, at(1, 1)));

    assertThat(messages(step)).containsExactly(voteReply(S1, 5, false));
    assertThat(step.after()).isEqualTo(s1);
  }

  @Test
  @DisplayName("a pre-candidate that hears the leader of its term follows it again")
  void followsALeaderThatIsHeard() {
    for (var said :
        List.of(
            heartbeat(S2, 5, 0, 0), append(S2, 5, at(0, 0), 0), installSnapshot(S2, 5, at(3, 2)))) {
      var step = hear(preCandidate(5, log()), said);

      assertThat(step.after()).isInstanceOf(Follower.class);
      assertThat(step.after().leader()).contains(S2);
      assertThat(step.after().hearsLeader()).isTrue();
    }
  }

  private static PreVoteReply would(StoreId from, long term) {
    return new PreVoteReply(from, term(term), true);
  }

  private static PreVoteReply wouldNot(StoreId from, long term) {
    return new PreVoteReply(from, term(term), false);
  }
}
