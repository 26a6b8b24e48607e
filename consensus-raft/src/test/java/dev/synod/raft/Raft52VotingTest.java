package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.candidate;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.preCandidate;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.save;
import static dev.synod.raft.RaftFixture.voteReply;
import static dev.synod.raft.RaftFixture.voted;
import static dev.synod.raft.RaftFixture.whenDurable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §5.2 Leader election: RequestVote RPC, receiver")
class Raft52VotingTest {

  @Test
  @DisplayName("RequestVote, receiver, 1: reply false if term < currentTerm")
  void deniesAnOlderTerm() {
    var log = log();

    for (Role role :
        new Role[] {follower(5, log), preCandidate(5, log), candidate(5, log), leader(5, log)}) {
      var step = hear(role, requestVote(S2, 4, at(9, 4)));

      assertThat(step.effects()).containsExactly(whenDurable(S2, voteReply(S1, 5, false)));
      assertThat(step.after()).isEqualTo(role);
    }
  }

  @Test
  @DisplayName("RequestVote, receiver, 2: grant if not voted yet and the log is up-to-date")
  void grantsItsFirstVote() {
    var step = hear(follower(5, log(1)), requestVote(S2, 5, at(1, 1)));

    assertThat(step.effects())
        .containsExactly(
            save(voted(5, S2)), whenDurable(S2, voteReply(S1, 5, true)), Timer.RESTART_ELECTION);
  }

  @Test
  @DisplayName("a server votes for at most one candidate in a term, first come, first served")
  void oneVotePerTerm() {
    var first = hear(follower(4, log()), requestVote(S2, 5, at(0, 0)));
    var second = hear(first.after(), requestVote(S3, 5, at(9, 4)));

    assertThat(messages(first)).containsExactly(voteReply(S1, 5, true));
    assertThat(messages(second)).containsExactly(voteReply(S1, 5, false));
    assertThat(second.after().state()).isEqualTo(voted(5, S2));
  }

  @Test
  @DisplayName("the same candidate may ask again: the answer was lost")
  void sameCandidateMayAskAgain() {
    var first = hear(follower(4, log()), requestVote(S2, 5, at(0, 0)));
    var again = hear(first.after(), requestVote(S2, 5, at(0, 0)));

    assertThat(again.effects())
        .containsExactly(whenDurable(S2, voteReply(S1, 5, true)), Timer.RESTART_ELECTION);
  }

  @Test
  @DisplayName("candidates and leaders voted for themselves: nobody else gets that term's vote")
  void candidatesAndLeadersHaveVoted() {
    var log = log();

    for (Role role : new Role[] {candidate(5, log), leader(5, log)}) {
      var step = hear(role, requestVote(S2, 5, at(9, 5)));

      assertThat(messages(step)).containsExactly(voteReply(S1, 5, false));
      assertThat(step.after()).isEqualTo(role);
    }
  }

  @Test
  @DisplayName("a candidate from outside the configuration is served too (§6)")
  void strangersMayBeVotedFor() {
    var step = hear(follower(4, log()), requestVote(STRANGER, 5, at(0, 0)));

    assertThat(messages(step)).containsExactly(voteReply(S1, 5, true));
  }
}
