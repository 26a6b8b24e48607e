package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.STRANGER;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.append;
import static dev.synod.raft.RaftFixture.appendsTo;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.candidate;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.commits;
import static dev.synod.raft.RaftFixture.effects;
import static dev.synod.raft.RaftFixture.entries;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeat;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.preCandidate;
import static dev.synod.raft.RaftFixture.progress;
import static dev.synod.raft.RaftFixture.propose;
import static dev.synod.raft.RaftFixture.rejected;
import static dev.synod.raft.RaftFixture.send;
import static dev.synod.raft.RaftFixture.sendEntries;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.whenDurable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.InvariantViolation;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Progress.Mode;
import dev.synod.raft.rules.Role;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §5.3 Log replication")
class Raft53LogReplicationTest {

  @Nested
  @DisplayName("AppendEntries RPC, receiver")
  class Receiver {

    @Test
    @DisplayName("1: reply false if term < currentTerm, whatever the role")
    void refusesAnOlderTerm() {
      var log = log(1);

      for (Role role :
          new Role[] {follower(5, log), preCandidate(5, log), candidate(5, log), leader(5, log)}) {
        var step = hear(role, append(S2, 4, at(1, 1), 1, 4));

        assertThat(step.after()).isEqualTo(role);
        assertThat(step.effects())
            .containsExactly(send(S2, rejected(S1, 5, 1, role.server().log().last())));
      }
    }

    @Test
    @DisplayName("2: reply false if the log has no entry at prevLogIndex")
    void refusesAGap() {
      var step = hear(follower(5, log(1, 1)), append(S2, 5, at(4, 5), 0, 5));

      assertThat(messages(step)).containsExactly(rejected(S1, 5, 4, at(2, 1)));
      assertThat(effects(step, Effect.Append.class)).isEmpty();
    }

    @Test
    @DisplayName("2: reply false if the entry at prevLogIndex has another term")
    void refusesAnotherTerm() {
      var step = hear(follower(5, log(1, 2, 2)), append(S2, 5, at(3, 4), 0, 5));

      assertThat(messages(step)).containsExactly(rejected(S1, 5, 3, at(2, 2)));
    }

    @Test
    @DisplayName("a refusal still hears the leader: the election timer restarts")
    void aRefusalHearsTheLeader() {
      var step = hear(follower(5, log()), append(S2, 5, at(4, 5), 0));

      assertThat(step.effects()).contains(Timer.RESTART_ELECTION, Timer.RESTART_STICKINESS);
      assertThat(step.after().leader()).contains(S2);
    }

    @Test
    @DisplayName("3: if an entry conflicts with a new one, delete it and all that follow it")
    void deletesWhatConflicts() {
      var step = hear(follower(5, log(1, 2, 2, 2)), append(S2, 5, at(1, 1), 0, 3, 3));

      assertThat(step.effects())
          .contains(new Effect.TruncateFrom(2), new Effect.Append(entries(at(1, 1), 3, 3)));
    }

    @Test
    @DisplayName("4: append any new entries not already in the log, and only these")
    void appendsOnlyWhatIsNew() {
      var step = hear(follower(5, log(1, 1)), append(S2, 5, at(1, 1), 0, 1, 5));

      assertThat(effects(step, Effect.TruncateFrom.class)).isEmpty();
      assertThat(effects(step, Effect.Append.class))
          .containsExactly(new Effect.Append(entries(at(2, 1), 5)));
    }

    @Test
    @DisplayName("4: entries already there stay, also those after the message's last")
    void anOldAppendRemovesNothing() {
      var step = hear(follower(5, log(1, 1, 5, 5)), append(S2, 5, at(0, 0), 0, 1, 1));

      assertThat(effects(step, Effect.TruncateFrom.class)).isEmpty();
      assertThat(effects(step, Effect.Append.class)).isEmpty();
      assertThat(messages(step)).containsExactly(accepted(S1, 5, 2));
    }

    @Test
    @DisplayName("5: commitIndex = min(leaderCommit, index of last new entry)")
    void commitsWhatItIsKnownToShare() {
      var s1 = follower(5, log(1, 1, 1, 1));

      assertThat(commits(hear(s1, append(S2, 5, at(1, 1), 4, 1)))).containsExactly(2L);
      assertThat(commits(hear(s1, append(S2, 5, at(1, 1), 1, 1)))).containsExactly(1L);
      assertThat(commits(hear(s1, append(S2, 5, at(3, 1), 9)))).containsExactly(3L);
    }

    @Test
    @DisplayName("5: an append that comes late takes nothing back")
    void commitIndexNeverFalls() {
      var s1 = following(S2, 5, log(1, 1, 1), 3);

      var step = hear(s1, append(S2, 5, at(0, 0), 1, 1));

      assertThat(step.after().commitIndex()).isEqualTo(3);
      assertThat(commits(step)).isEmpty();
    }

    @Test
    @DisplayName("it answers once the entries are durable, and not before")
    void answersWhenDurable() {
      var step = hear(follower(5, log()), append(S2, 5, at(0, 0), 0, 5, 5));

      assertThat(step.effects())
          .containsSubsequence(
              new Effect.Append(entries(at(0, 0), 5, 5)), whenDurable(S2, accepted(S1, 5, 2)));
    }

    @Test
    @DisplayName("an append of a newer term is taken in one step, its term saved first")
    void newerTermAndEntriesInOneStep() {
      var step = hear(follower(4, log()), append(S2, 5, at(0, 0), 0, 5));

      assertThat(step.effects().get(0)).isEqualTo(RaftFixture.save(RaftFixture.notVoted(5)));
      assertThat(step.effects()).contains(whenDurable(S2, accepted(S1, 5, 1)));
      assertThat(step.after().leader()).contains(S2);
    }

    @Test
    @DisplayName("a heartbeat commits only what its sender knows to match")
    void heartbeatCommits() {
      var step = hear(following(S2, 5, log(1, 5, 5), 1), heartbeat(S2, 5, 2, 0));

      assertThat(commits(step)).containsExactly(2L);
    }
  }

  @Nested
  @DisplayName("Leaders")
  class Leaders {

    @Test
    @DisplayName("nextIndex begins after the leader's last entry, matchIndex at 0")
    void indexesAtElection() {
      var step = hear(candidate(5, log(1, 2)), RaftFixture.voteReply(S2, 5, true));

      assertThat(progress(step.after(), S3).next()).isEqualTo(3);
      assertThat(progress(step.after(), S3).match()).isZero();
      assertThat(progress(step.after(), S3).mode()).isEqualTo(Mode.PROBE);
    }

    @Test
    @DisplayName(
        "a command is appended here and sent in parallel; the own disk answers like another")
    void commandIsAppendedAndSent() {
      var log = log();
      var s1 = matching(log);

      var step = propose(s1, log, "x");

      assertThat(log.last()).isEqualTo(at(2, 5));
      assertThat(step.effects().get(0)).isInstanceOf(Effect.Append.class);
      assertThat(appendsTo(S2, step)).containsExactly(sends(S2, at(1, 5), 2, 1));
      assertThat(appendsTo(S3, step)).containsExactly(sends(S3, at(1, 5), 2, 1));
      assertThat(step.effects()).endsWith(whenDurable(S1, accepted(S1, 5, 2)));
    }

    @Test
    @DisplayName("if last log index ≥ nextIndex: send the entries from nextIndex on")
    void sendsFromNextIndex() {
      var log = log(1, 1, 1);
      var s1 = leader(5, log);

      var step = hear(s1, rejected(S2, 5, 3, at(1, 1)));

      assertThat(appendsTo(S2, step)).containsExactly(sends(S2, at(1, 1), 4, 0));
    }

    @Test
    @DisplayName("if successful: update nextIndex and matchIndex for the follower")
    void successMovesBothIndexes() {
      var step = hear(leader(5, log(1, 1)), accepted(S2, 5, 3));

      assertThat(progress(step.after(), S2).match()).isEqualTo(3);
      assertThat(progress(step.after(), S2).next()).isEqualTo(4);
      assertThat(progress(step.after(), S2).mode()).isEqualTo(Mode.REPLICATE);
    }

    @Test
    @DisplayName("if it fails because of inconsistency: decrement nextIndex and retry")
    void inconsistencyMovesNextIndexBack() {
      var step = hear(leader(5, log(1, 1, 1)), rejected(S2, 5, 3, at(2, 1)));

      assertThat(progress(step.after(), S2).next()).isEqualTo(3);
      assertThat(appendsTo(S2, step)).hasSize(1);
    }

    @Test
    @DisplayName("the hint lets it skip a whole term at a time (§5.3, end)")
    void hintSkipsTerms() {
      var step = hear(leader(8, log(1, 4, 4, 6, 6, 6)), rejected(S2, 8, 6, at(5, 2)));

      assertThat(appendsTo(S2, step)).containsExactly(sendsIn(8, S2, at(1, 1), 7, 0));
    }

    @Test
    @DisplayName("N > commitIndex on a majority, of the current term: commitIndex = N")
    void commitsWhatAMajorityHas() {
      var log = log();
      var s1 = leader(5, log);

      var own = hear(s1, accepted(S1, 5, 1));
      var other = hear(own.after(), accepted(S2, 5, 1));

      assertThat(commits(own)).isEmpty();
      assertThat(commits(other)).containsExactly(1L);
      assertThat(other.after().commitIndex()).isEqualTo(1);
    }

    @Test
    @DisplayName("two followers commit what the leader's own disk has not finished yet")
    void commitsWithoutItself() {
      var s2 = hear(leader(5, log()), accepted(S2, 5, 1));
      var s3 = hear(s2.after(), accepted(S3, 5, 1));

      assertThat(commits(s3)).containsExactly(1L);
    }

    @Test
    @DisplayName(
        "it counts itself only once durable: one follower and a slow own disk are no majority")
    void doesNotCountItselfEarly() {
      assertThat(commits(hear(leader(5, log()), accepted(S2, 5, 1)))).isEmpty();
    }

    @Test
    @DisplayName("in a group of four, two matching servers are no majority, three are")
    void evenGroupsNeedMoreThanHalf() {
      var log = log();
      var s1 = leader(server(S1, 4, log), 5, log);

      var two = hear(hear(s1, accepted(S1, 5, 1)).after(), accepted(S2, 5, 1));
      var three = hear(two.after(), accepted(S3, 5, 1));

      assertThat(commits(two)).isEmpty();
      assertThat(commits(three)).containsExactly(1L);
    }

    @Test
    @DisplayName("followers learn at once what is committed: an idle one by a word of its own")
    void idleFollowersLearnTheCommitIndex() {
      var s2 = hear(leader(5, log()), accepted(S2, 5, 1));
      var s3 = hear(s2.after(), accepted(S3, 5, 1));

      assertThat(messages(s3)).containsExactly(notice(S1, 1), notice(S1, 1));
      assertThat(messages(hear(s3.after(), accepted(S2, 5, 1)))).isEmpty();
    }

    @Test
    @DisplayName("a follower takes what it is told to be committed, and has nothing to say to that")
    void nobodyAnswersThatSomethingIsCommitted() {
      var s2 = hear(follower(5, log(5)), notice(S2, 1));

      assertThat(commits(s2)).containsExactly(1L);
      assertThat(messages(s2)).isEmpty();
    }

    private RaftMessage notice(StoreId from, long commitIndex) {
      return heartbeat(from, 5, commitIndex, Heartbeat.UNANSWERED);
    }

    @Test
    @DisplayName("a heartbeat's commit index is no higher than what its receiver is known to hold")
    void heartbeatsTellNoMoreThanMatches() {
      var log = log();
      var s1 = hear(hear(leader(5, log), accepted(S1, 5, 1)).after(), accepted(S2, 5, 1)).after();

      var step = checked(((Leader) s1).heartbeatDue());

      assertThat(step.effects())
          .contains(send(S2, heartbeat(S1, 5, 1, 1)), send(S3, heartbeat(S1, 5, 0, 1)));
    }

    @Test
    @DisplayName("what a stranger accepts or refuses changes nothing")
    void strangersDoNotCount() {
      var s1 = leader(5, log(1));

      assertThat(hear(s1, accepted(STRANGER, 5, 2)).after()).isEqualTo(s1);
      assertThat(hear(s1, rejected(STRANGER, 5, 1, at(0, 0))).after()).isEqualTo(s1);
    }

    @Test
    @DisplayName("answers to an earlier leadership count for nothing")
    void answersOfAnOlderTermDoNotCount() {
      var s1 = leader(5, log(1));

      assertThat(hear(s1, accepted(S1, 4, 2)).after()).isEqualTo(s1);
      assertThat(hear(s1, accepted(S2, 4, 2)).after()).isEqualTo(s1);
      assertThat(hear(s1, rejected(S2, 4, 1, at(0, 0))).after()).isEqualTo(s1);
    }

    @Test
    @DisplayName("a follower that claims more than the leader has breaks log matching")
    void nobodyMatchesBeyondTheLeader() {
      assertThatThrownBy(() -> leader(5, log()).receive(accepted(S2, 5, 9)))
          .isInstanceOf(InvariantViolation.class)
          .hasMessageContaining("no follower matches beyond");
    }

    @Test
    @DisplayName("leader append-only (Fig. 3): nothing a leader does removes an entry")
    void leadersOnlyAppend() {
      var log = log(1, 1);
      var s1 = leader(5, log);

      for (var message :
          List.of(accepted(S2, 5, 3), rejected(S2, 5, 2, at(0, 0)), append(S3, 4, at(0, 0), 0))) {
        assertThat(effects(hear(s1, message), Effect.TruncateFrom.class)).isEmpty();
      }
      assertThat(effects(checked(s1.heartbeatDue()), Effect.TruncateFrom.class)).isEmpty();
    }

    @Test
    @DisplayName("no proposals make no entries")
    void nothingProposedIsNothingAppended() {
      assertThat(checked(leader(5, log()).propose(List.of())).effects()).isEmpty();
    }
  }

  private static Effect.SendEntries sends(
      StoreId to, LogPosition previous, long lastIndex, long commitIndex) {
    return sendsIn(5, to, previous, lastIndex, commitIndex);
  }

  private static Effect.SendEntries sendsIn(
      long term, StoreId to, LogPosition previous, long lastIndex, long commitIndex) {
    return (Effect.SendEntries) sendEntries(to, term, previous, lastIndex, commitIndex);
  }

  /** A leader of term 5 whose followers have and know its no-op. */
  private static Leader matching(ListLog log) {
    Role role = leader(5, log);
    for (var server : List.of(S1, S2, S3)) {
      role = hear(role, accepted(server, 5, log.last().index())).after();
    }
    return (Leader) role;
  }
}
