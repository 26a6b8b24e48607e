package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.term;
import static dev.synod.raft.RaftFixture.voteReply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.ChangeRequest;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.RemovalNotice;
import dev.synod.raft.protocol.RaftMessage.RequestPreVote;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Of §6 the rule against disruptive servers; {@link Raft6JointConsensusTest} has the changes. */
@DisplayName("Raft §6 Cluster membership changes: disruptive servers")
class Raft6MembershipTest {

  @Test
  @DisplayName("RequestVote within the minimum election timeout of hearing a leader is ignored")
  void ignoresVotesWhileALeaderIsHeard() {
    var s1 = following(S2, 5, log(1), 0);

    var step = hear(s1, requestVote(S3, 9, at(9, 8)));

    assertThat(step.after()).isEqualTo(s1);
    assertThat(step.effects()).isEmpty();
  }

  @Test
  @DisplayName("asking whether it would vote is ignored too, and the asker's term with it")
  void ignoresPreVotesWhileALeaderIsHeard() {
    var s1 = following(S2, 5, log(1), 0);

    var step = hear(s1, new RequestPreVote(S3, term(9), at(9, 8)));

    assertThat(step.after()).isEqualTo(s1);
    assertThat(step.effects()).isEmpty();
  }

  @Test
  @DisplayName("a leader hears itself: neither a vote nor a pre-vote asked of it deposes it")
  void leadersHearThemselves() {
    var s1 = leader(5, log());

    assertThat(hear(s1, requestVote(S3, 9, at(9, 8))).after()).isEqualTo(s1);
    assertThat(hear(s1, new RequestPreVote(S3, term(9), at(9, 8))).after()).isEqualTo(s1);
  }

  @Test
  @DisplayName("in the same term it answers no, since a leader is heard")
  void deniesInTheSameTerm() {
    var step = hear(following(S2, 5, log(), 0), requestVote(S3, 5, at(9, 5)));

    assertThat(messages(step)).containsExactly(voteReply(S1, 5, false));
  }

  @Test
  @DisplayName("once the leader has been silent for that long, it hears candidates again")
  void hearsCandidatesOnceTheLeaderIsSilent() {
    var silent = checked(following(S2, 5, log(), 0).leaderSilent()).after();

    assertThat(messages(hear(silent, requestVote(S3, 6, at(0, 0)))))
        .containsExactly(voteReply(S1, 6, true));
  }

  @Test
  @DisplayName("a leader that stepped down is not deaf")
  void formerLeadersAreNotDeaf() {
    var leader = leader(5, log());
    var unheard = (Leader) checked(leader.quorumCheckDue()).after();
    var stepped = checked(unheard.quorumCheckDue()).after();

    assertThat(stepped).isInstanceOf(Follower.class);
    assertThat(messages(hear(stepped, requestVote(S2, 6, at(9, 5)))))
        .containsExactly(voteReply(S1, 6, true));
  }

  @Test
  @DisplayName(
      "a server that was cut off with a higher term comes back: the group gets a leader again")
  void comesBackWithAHigherTerm() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    // S3 wins a pre-vote, then is cut off before anybody hears its candidacy.
    cluster.leaderIsSilent();
    cluster.timesOut(S3);
    cluster.deliver(e -> e.is(RequestPreVote.class) || e.is(PreVoteReply.class));
    cluster.lose(any -> true);
    assertThat(cluster.node(S3).role).isInstanceOf(Candidate.class);

    cluster.beats(S1);
    cluster.deliverAll();
    assertThat(cluster.node(S1).role).isInstanceOf(Follower.class);

    // S2 has not heard of the higher term, and learns it from those who refuse it.
    cluster.timesOut(S2);
    cluster.deliverAll();
    cluster.elect(S2);
    cluster.propose(S2, "x");
    cluster.deliverAll();
    assertThat(cluster.node(S3).appliedIndex()).isEqualTo(cluster.committed());
  }

  @Test
  @DisplayName("a removed server that keeps asking disturbs nobody who hears a leader")
  void removedServersDisturbNobody() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);

    for (var store : List.of(S1, S2, S3)) {
      cluster.handOver(
          new Cluster.Envelope(store, new RequestPreVote(STRANGER, term(9), at(0, 0))));
      cluster.handOver(new Cluster.Envelope(store, requestVote(STRANGER, 9, at(0, 0))));
    }

    cluster.propose(S1, "x");
    cluster.lose(e -> e.to().equals(STRANGER));
    cluster.deliverAll();
    assertThat(cluster.leader(S1).term()).isEqualTo(term(1));
    assertThat(cluster.committed()).isEqualTo(2);
  }

  @Test
  @DisplayName("a removed server that asks is told so, and asks no more")
  void removedServersLearnIt() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S3);
    cluster.changes(S1, new ChangeRequest(new UUID(0, 1), 1, List.of(new Remove(S3)), List.of()));
    cluster.deliverAll();
    cluster.heal();

    cluster.timesOut(S3);
    cluster.deliverAll();
    cluster.timesOut(S3);

    assertThat(cluster.node(S3).role).isInstanceOf(Follower.class);
    assertThat(cluster.node(S3).role.server().isRemoved()).isTrue();
    assertThat(cluster.inTransit).isEmpty();
    assertThat(cluster.leader(S1).term()).isEqualTo(term(1));
  }

  @Test
  @DisplayName("a server whose own log says later that it belongs to the group believes its log")
  void oldNoticesCountForNothing() {
    var s1 = following(S2, 5, log(1), 1);

    assertThat(hear(s1, new RemovalNotice(S2, term(5), 0)).after()).isEqualTo(s1);
    assertThat(hear(s1, new RemovalNotice(S2, term(5), 2)).after().server().isRemoved()).isTrue();
  }
}
