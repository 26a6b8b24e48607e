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

import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Followers;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Reads;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Server;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thesis §3.10 Leadership transfer")
class ThesisHandoverTest {

  private static final Reads NO_READS = new Reads(0, 0, List.of(), List.of());

  @Test
  @DisplayName("the leader tells the server with most of its log to stand, and steps down")
  void tellsTheBestFollower() {
    var log = log(1, 1);
    var s1 =
        (Leader) hear(hear(leader(5, log), accepted(S3, 5, 3)).after(), accepted(S2, 5, 2)).after();

    var step = checked(s1.handOver());

    assertThat(step.after()).isInstanceOf(Follower.class);
    assertThat(step.after().hearsLeader()).isFalse();
    assertThat(step.effects())
        .containsExactly(
            Timer.STOP_LEADING, Timer.RESTART_ELECTION, send(S3, new TimeoutNow(S1, term(5))));
  }

  @Test
  @DisplayName("one that was heard since the last check goes before one that has more")
  void prefersOneThatIsHeard() {
    var log = log(1, 1);
    var s1 = (Leader) hear(leader(5, log), accepted(S3, 5, 3)).after();
    var unheard = checked(s1.quorumCheckDue()).after();
    var heard = (Leader) hear(unheard, heartbeatReply(S2, 5, 0)).after();

    assertThat(messages(checked(heard.handOver()))).containsExactly(new TimeoutNow(S1, term(5)));
    assertThat(checked(heard.handOver()).effects()).contains(send(S2, new TimeoutNow(S1, term(5))));
  }

  @Test
  @DisplayName("just after a check of the quorum, when nobody counts as heard, it hands over too")
  void handsOverJustAfterACheck() {
    var s1 = (Leader) hear(leader(5, log()), accepted(S3, 5, 1)).after();
    var unheard = (Leader) checked(s1.quorumCheckDue()).after();

    assertThat(checked(unheard.handOver()).effects())
        .contains(send(S3, new TimeoutNow(S1, term(5))));
  }

  @Test
  @DisplayName("a group of one has nobody to hand over to")
  void nobodyToHandOverTo() {
    var log = log();
    var alone =
        new Leader(server(S1, 1, log), voted(5, S1), 0, 0, 1, new Followers(List.of()), NO_READS);

    assertThat(checked(alone.handOver()).after()).isEqualTo(alone);
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
    var s99 = follower(Server.of(STRANGER, group(3), log(), ROOMY), 5);

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
    cluster.handsOver(S1);
    cluster.lose(any -> true);

    cluster.elect(S1);

    assertThat(cluster.leader(S1).term()).isEqualTo(term(2));
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
}
