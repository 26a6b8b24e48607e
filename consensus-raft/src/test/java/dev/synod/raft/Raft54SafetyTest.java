package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.append;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.candidate;
import static dev.synod.raft.RaftFixture.commits;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.notVoted;
import static dev.synod.raft.RaftFixture.preCandidate;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.save;
import static dev.synod.raft.RaftFixture.voteReply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.InvariantViolation;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §5.4 Safety")
class Raft54SafetyTest {

  @Test
  @DisplayName("§5.4.1: no vote for a log whose last term is older, however long it is")
  void olderLastTermGetsNoVote() {
    var s1 = follower(7, log(1, 3));

    var step = hear(s1, requestVote(S2, 8, at(9, 2)));

    assertThat(messages(step)).containsExactly(voteReply(S1, 8, false));
    assertThat(step.after().state()).isEqualTo(notVoted(8));
  }

  @Test
  @DisplayName("§5.4.1: no vote for a log of the same last term that is shorter")
  void shorterLogGetsNoVote() {
    var step = hear(follower(7, log(1, 3, 3)), requestVote(S2, 8, at(2, 3)));

    assertThat(messages(step)).containsExactly(voteReply(S1, 8, false));
  }

  @Test
  @DisplayName("§5.4.1: a vote for a later last term, however short, and for an equal log")
  void upToDateLogsGetTheVote() {
    assertThat(messages(hear(follower(7, log(1, 3, 3)), requestVote(S2, 8, at(1, 4)))))
        .containsExactly(voteReply(S1, 8, true));
    assertThat(messages(hear(follower(7, log(1, 3, 3)), requestVote(S2, 8, at(3, 3)))))
        .containsExactly(voteReply(S1, 8, true));
  }

  @Test
  @DisplayName("a higher term does not make up for an older log: the term is taken, the vote not")
  void staleCandidateWithAHigherTermGetsNoVote() {
    for (Role role :
        new Role[] {follower(7, log(1, 3)), preCandidate(7, log(1, 3)), candidate(7, log(1, 3))}) {
      var step = hear(role, requestVote(S2, 50, at(9, 1)));

      assertThat(messages(step)).containsExactly(voteReply(S1, 50, false));
      assertThat(step.effects().get(0)).isEqualTo(save(notVoted(50)));
    }
  }

  @Test
  @DisplayName("with a compacted log, the place of the snapshot is what counts as last")
  void compactedLogsCompareTheirSnapshot() {
    var s1 = follower(7, ListLog.after(at(5, 3)));

    assertThat(messages(hear(s1, requestVote(S2, 8, at(4, 3)))))
        .containsExactly(voteReply(S1, 8, false));
    assertThat(messages(hear(s1, requestVote(S2, 8, at(5, 3)))))
        .containsExactly(voteReply(S1, 8, true));
  }

  @Test
  @DisplayName("§5.4.2: entries of older terms are not committed by counting replicas")
  void olderTermsAreNotCounted() {
    var s1 = leader(5, log(1, 2));

    var step = hear(hear(s1, accepted(S2, 5, 2)).after(), accepted(S3, 5, 2));

    assertThat(commits(step)).isEmpty();
    assertThat(step.after().commitIndex()).isZero();
  }

  @Test
  @DisplayName("§5.4.2: they are committed, all at once, with the first entry of the current term")
  void olderTermsCommitIndirectly() {
    var s1 = leader(5, log(1, 2));

    var step = hear(hear(s1, accepted(S2, 5, 3)).after(), accepted(S3, 5, 3));

    assertThat(commits(step)).containsExactly(3L);
  }

  @Test
  @DisplayName(
      "a committed entry is never replaced: who is told to do so stops (leader completeness)")
  void committedEntriesAreNeverReplaced() {
    var s1 = following(S2, 5, log(1, 1, 1), 3);

    assertThatThrownBy(() -> s1.receive(append(S2, 5, at(1, 1), 3, 5)))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("a committed entry is never replaced");
    assertThatThrownBy(() -> s1.receive(append(S2, 5, at(3, 2), 3)))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("a leader's log holds all that is committed");
  }

  @Test
  @DisplayName("a leader that was replaced while it was away: its late writes all fail")
  void lateWritesOfADeposedLeaderFail() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S1);
    cluster.propose(S1, "late");
    cluster.deliverAll();
    cluster.elect(S2);
    cluster.propose(S2, "x");
    cluster.deliverAll();
    cluster.heal();

    cluster.propose(S1, "later");
    cluster.deliverAll();
    cluster.beats(S2);
    cluster.deliverAll();

    assertThat(cluster.node(S1).role).isInstanceOf(Follower.class);
    assertThat(cluster.node(S1).log.entries()).isEqualTo(cluster.node(S2).log.entries());
    assertThat(cluster.committed()).isEqualTo(3);
    assertThat(cluster.committedAt(3).payload()).isEqualTo(Bytes.utf8("x"));
  }

  @Test
  @DisplayName("§5.1: persistent state survives: a vote given before a crash binds after it")
  void votesSurviveACrash() {
    var cluster = Cluster.of(3);
    cluster.node(S1).hear(requestVote(S2, 5, at(0, 0)));

    cluster.crash(S1);
    cluster.inTransit.clear();
    cluster.node(S1).hear(requestVote(S3, 5, at(9, 4)));

    assertThat(cluster.inTransit)
        .containsExactly(new Cluster.Envelope(S3, voteReply(S1, 5, false)));
  }

  @Test
  @DisplayName("a vote that was not durable when the server crashed was never told to anybody")
  void votesNotDurableWereNeverGiven() {
    var cluster = Cluster.of(3);
    var s1 = cluster.node(S1);
    s1.diskSyncs(false);

    s1.hear(requestVote(S2, 5, at(0, 0)));
    assertThat(cluster.inTransit).isEmpty();

    cluster.crash(S1);
    s1.hear(requestVote(S3, 5, at(0, 0)));
    s1.sync();
    assertThat(cluster.inTransit).containsExactly(new Cluster.Envelope(S3, voteReply(S1, 5, true)));
  }

  @Test
  @DisplayName(
      "a follower whose disk is slow does not help to commit; nothing is lost when it crashes")
  void slowDisksDoNotHelpToCommit() {
    var cluster = Cluster.of(3);
    cluster.elect(S1);
    cluster.cutOff(S3);
    cluster.node(S2).diskSyncs(false);

    cluster.propose(S1, "x");
    cluster.deliverAll();
    assertThat(cluster.node(S2).log.last()).isEqualTo(at(2, 1));
    assertThat(cluster.committed()).isEqualTo(1);

    cluster.crash(S2);
    cluster.beats(S1);
    cluster.deliverAll();
    cluster.node(S2).diskSyncs(true);
    cluster.deliverAll();
    assertThat(cluster.committed()).isEqualTo(2);
  }
}
