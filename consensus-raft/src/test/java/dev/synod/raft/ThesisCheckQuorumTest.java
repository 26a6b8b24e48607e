package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.rejected;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Role;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thesis §6.2 A leader that hears no quorum steps down")
class ThesisCheckQuorumTest {

  @Test
  @DisplayName("the first check after an election passes: there was no time to answer")
  void firstCheckPasses() {
    var step = checked(leader(5, log()).quorumCheckDue());

    assertThat(step.after()).isInstanceOf(Leader.class);
    assertThat(step.effects()).isEmpty();
  }

  @Test
  @DisplayName("not heard by a quorum since the last check: it follows nobody, and stops leading")
  void stepsDownUnheard() {
    var s1 = (Leader) checked(leader(5, log()).quorumCheckDue()).after();

    var step = checked(s1.quorumCheckDue());

    assertThat(step.after()).isInstanceOf(Follower.class);
    assertThat(step.after().leader()).isEmpty();
    assertThat(step.after().term()).isEqualTo(term(5));
    assertThat(step.effects()).containsExactly(Timer.STOP_LEADING, Timer.RESTART_ELECTION);
  }

  @Test
  @DisplayName("any answer of this term is a sign of life: heartbeat's, append's, refusal's")
  void anyAnswerIsASignOfLife() {
    for (var answer :
        List.of(heartbeatReply(S2, 5, 0), accepted(S2, 5, 1), rejected(S2, 5, 1, at(0, 0)))) {
      Role s1 = checked(leader(5, log(1)).quorumCheckDue()).after();

      s1 = hear(s1, answer).after();

      assertThat(checked(((Leader) s1).quorumCheckDue()).after())
          .as("%s", answer)
          .isInstanceOf(Leader.class);
    }
  }

  @Test
  @DisplayName("answers of an older term and of strangers are none")
  void othersAreNoSignOfLife() {
    Role s1 = checked(leader(5, log(1)).quorumCheckDue()).after();

    s1 = hear(s1, heartbeatReply(S2, 4, 0)).after();
    s1 = hear(s1, heartbeatReply(STRANGER, 5, 0)).after();

    assertThat(checked(((Leader) s1).quorumCheckDue()).after()).isInstanceOf(Follower.class);
  }

  @Test
  @DisplayName("in a group of four it must hear two others, in a group of two the other one")
  void evenGroupsNeedMoreThanHalf() {
    var log = log();
    Role four = checked(leader(server(S1, 4, log), 5, log).quorumCheckDue()).after();
    four = hear(four, heartbeatReply(S2, 5, 0)).after();
    assertThat(checked(((Leader) four).quorumCheckDue()).after()).isInstanceOf(Follower.class);

    four = hear(four, heartbeatReply(S3, 5, 0)).after();
    assertThat(checked(((Leader) four).quorumCheckDue()).after()).isInstanceOf(Leader.class);

    var log2 = log();
    var two = (Leader) checked(leader(server(S1, 2, log2), 5, log2).quorumCheckDue()).after();
    assertThat(checked(two.quorumCheckDue()).after()).isInstanceOf(Follower.class);
  }

  @Test
  @DisplayName("a group of one always hears its quorum")
  void groupOfOneNeverStepsDown() {
    var cluster = Cluster.of(1);
    cluster.timesOut(S1);

    cluster.checksQuorum(S1);
    cluster.checksQuorum(S1);

    assertThat(cluster.node(S1).role).isInstanceOf(Leader.class);
  }

  @Test
  @DisplayName("a follower that is not heard is not fed again until it answers a heartbeat")
  void silentFollowersAreNotFed() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S3);
    cluster.propose(S1, "x");
    cluster.deliverAll();
    cluster.checksQuorum(S1);
    cluster.beats(S1);
    cluster.deliver(e -> !e.to().equals(S3));
    var toS3 = cluster.lose(e -> e.to().equals(S3));
    assertThat(toS3).allMatch(e -> e.is(Heartbeat.class));

    cluster.heal();
    cluster.beats(S1);
    cluster.deliverAll();
    cluster.beats(S1);
    cluster.deliverAll();

    assertThat(cluster.node(S3).appliedIndex()).isEqualTo(2);
  }

  @Test
  @DisplayName("after stepping down it may be elected again, and takes up where it was")
  void mayBeElectedAgain() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S1);
    cluster.propose(S1, "x");
    cluster.checksQuorum(S1);
    cluster.checksQuorum(S1);
    assertThat(cluster.node(S1).role).isInstanceOf(Follower.class);
    cluster.lose(any -> true);
    cluster.heal();

    cluster.elect(S1);

    assertThat(cluster.leader(S1).term()).isEqualTo(term(2));
    assertThat(cluster.committed()).isEqualTo(3);
    assertThat(cluster.committedAt(2).payload()).isEqualTo(Bytes.utf8("x"));
  }
}
