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
import static dev.synod.raft.RaftFixture.group;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeat;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.installSnapshot;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.notVoted;
import static dev.synod.raft.RaftFixture.preCandidate;
import static dev.synod.raft.RaftFixture.rejected;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.save;
import static dev.synod.raft.RaftFixture.send;
import static dev.synod.raft.RaftFixture.sendEntries;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static dev.synod.raft.RaftFixture.voteReply;
import static dev.synod.raft.RaftFixture.voted;
import static dev.synod.raft.RaftFixture.whenDurable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.InvariantViolation;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.PreCandidate;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §5.1, §5.2 Leader election")
class Raft52LeaderElectionTest {

  @Test
  @DisplayName("when servers start up, they begin as followers and know no leader")
  void beginsAsFollower() {
    var s1 = Follower.atStart(server(S1, 3, log(1, 2)), notVoted(2), 0);

    assertThat(s1.leader()).isEmpty();
    assertThat(s1.hearsLeader()).isFalse();
    assertThat(s1.term()).isEqualTo(term(2));
  }

  @Test
  @DisplayName(
      "candidates, on conversion: raise the term, vote for oneself, restart the timer, ask")
  void candidateRaisesTermVotesForItselfAndAsksTheOthers() {
    var wouldWin = preCandidate(4, log(1, 4));

    var step = hear(wouldWin, new PreVoteReply(S2, term(4), true));

    assertThat(step.after()).isInstanceOf(Candidate.class);
    assertThat(step.effects())
        .containsExactly(
            Timer.RESTART_ELECTION,
            save(voted(5, S1)),
            whenDurable(S1, voteReply(S1, 5, true)),
            whenDurable(S2, requestVote(S1, 5, at(2, 4))),
            whenDurable(S3, requestVote(S1, 5, at(2, 4))));
  }

  @Test
  @DisplayName("candidates: if votes are received from a majority of servers, become leader")
  void majorityOfVotesMakesALeader() {
    var s1 = candidate(5, log());

    var step = hear(s1, voteReply(S2, 5, true));

    assertThat(step.after()).isInstanceOf(Leader.class);
    assertThat(step.after().leader()).contains(S1);
  }

  @Test
  @DisplayName("half of an even group is no majority: four servers need three votes")
  void halfIsNoMajority() {
    var s1 = candidate(server(S1, 4, log()), 5);

    var two = hear(s1, voteReply(S2, 5, true));
    var three = hear(two.after(), voteReply(S3, 5, true));

    assertThat(two.after()).isInstanceOf(Candidate.class);
    assertThat(three.after()).isInstanceOf(Leader.class);
  }

  @Test
  @DisplayName("a vote counts once, however often it arrives, and only from a member")
  void votesCountOncePerMember() {
    var s1 = candidate(server(S1, 5, log()), 5);

    var once = hear(s1, voteReply(S2, 5, true)).after();
    var twice = hear(once, voteReply(S2, 5, true)).after();
    var stranger = hear(twice, voteReply(STRANGER, 5, true)).after();

    assertThat(stranger).isInstanceOf(Candidate.class);
    assertThat(hear(stranger, voteReply(S3, 5, true)).after()).isInstanceOf(Leader.class);
  }

  @Test
  @DisplayName("a vote for an earlier candidacy counts for nothing")
  void lateVotesDoNotCount() {
    var s1 = candidate(5, log());

    assertThat(hear(s1, voteReply(S2, 4, true)).after()).isEqualTo(s1);
  }

  @Test
  @DisplayName("a higher term in a vote's answer is not a vote")
  void higherTermIsNotAVote() {
    var s1 = candidate(5, log());

    var step = hear(s1, voteReply(S2, 6, true));

    assertThat(step.after()).isInstanceOf(Follower.class);
    assertThat(step.effects()).containsExactly(save(notVoted(6)));
  }

  @Test
  @DisplayName("its own vote counts only once it is durable")
  void ownVoteCountsOnceDurable() {
    var cluster = Cluster.of(1);
    var s1 = cluster.node(S1);
    s1.diskSyncs(false);

    cluster.timesOut(S1);
    assertThat(s1.role).isInstanceOf(Candidate.class);

    s1.sync();
    assertThat(s1.role).isInstanceOf(Leader.class);
  }

  @Test
  @DisplayName("upon election: an append to each server at once, with the no-op of the new term")
  void leaderSpeaksUpAtOnce() {
    var log = log(1, 1);

    var step = hear(candidate(5, log), voteReply(S2, 5, true));

    assertThat(step.effects()).startsWith(Timer.STOP_ELECTION, Timer.START_LEADING);
    assertThat(step.effects())
        .contains(sendEntries(S2, 5, at(2, 1), 3, 0), sendEntries(S3, 5, at(2, 1), 3, 0));
  }

  @Test
  @DisplayName("leaders: repeat heartbeats during idle periods to prevent election timeouts")
  void leaderRepeatsHeartbeats() {
    var log = log();
    var s1 = leader(5, log);

    var step = checked(s1.heartbeatDue());

    assertThat(messages(step)).containsExactly(heartbeat(S1, 5, 0, 1), heartbeat(S1, 5, 0, 1));
    assertThat(s1.electionTimeout().effects()).isEmpty();
  }

  @Test
  @DisplayName("candidates: if a leader of the term is heard, become its follower")
  void candidateYieldsToTheLeaderOfItsTerm() {
    var s1 = candidate(5, log());

    for (var said :
        new RaftMessage[] {
          append(S2, 5, at(0, 0), 0), heartbeat(S2, 5, 0, 0), installSnapshot(S2, 5, at(3, 2))
        }) {
      var step = hear(s1, said);

      assertThat(step.after()).isInstanceOf(Follower.class);
      assertThat(step.after().leader()).contains(S2);
      assertThat(step.after().state()).isEqualTo(voted(5, S1));
    }
  }

  @Test
  @DisplayName("a candidate stays one when a leader of an older term speaks, and says its own term")
  void candidateRefusesALeaderOfAnOlderTerm() {
    var s1 = candidate(5, log());

    var step = hear(s1, heartbeat(S2, 4, 0, 7));

    assertThat(step.after()).isEqualTo(s1);
    assertThat(step.effects()).containsExactly(send(S2, heartbeatReply(S1, 5, 7)));
  }

  @Test
  @DisplayName("candidates: if the election timeout elapses, start a new election")
  void splitVoteIsTriedAgain() {
    var s1 = candidate(5, log());

    var again = checked(s1.electionTimeout());
    assertThat(again.after()).isInstanceOf(PreCandidate.class);

    var elected = hear(again.after(), new PreVoteReply(S2, term(5), true));
    assertThat(elected.after()).isInstanceOf(Candidate.class);
    assertThat(elected.after().term()).isEqualTo(term(6));
  }

  @Test
  @DisplayName("a candidate that can't win any more waits as a follower, its vote still given")
  void lostElectionMakesAFollower() {
    var s1 = candidate(5, log());

    var one = hear(s1, voteReply(S2, 5, false));
    var two = hear(one.after(), voteReply(S3, 5, false));

    assertThat(one.after()).isInstanceOf(Candidate.class);
    assertThat(two.after()).isInstanceOf(Follower.class);
    assertThat(two.after().state()).isEqualTo(voted(5, S1));
  }

  @Test
  @DisplayName("all servers: a higher term in any message makes a follower of it")
  void higherTermMakesAFollower() {
    var log = log(1);

    for (Role role :
        new Role[] {follower(5, log), preCandidate(5, log), candidate(5, log), leader(5, log)}) {
      for (var message :
          new RaftMessage[] {
            heartbeatReply(S2, 6, 0), rejected(S2, 6, 1, at(0, 0)), voteReply(S2, 6, false)
          }) {
        var step = hear(role, message);

        assertThat(step.after()).isInstanceOf(Follower.class);
        assertThat(step.after().state()).isEqualTo(notVoted(6));
        assertThat(step.effects()).contains(save(notVoted(6)));
      }
    }
  }

  @Test
  @DisplayName("a leader that is deposed stops leading before anything else")
  void deposedLeaderStopsLeading() {
    var step = hear(leader(5, log()), heartbeat(S2, 6, 0, 0));

    assertThat(step.effects())
        .startsWith(Timer.STOP_LEADING, Timer.RESTART_ELECTION, save(notVoted(6)));
    assertThat(step.after().leader()).contains(S2);
  }

  @Test
  @DisplayName("followers: a heartbeat of the leader's restarts the election timer")
  void hearingTheLeaderRestartsTheTimer() {
    var step = hear(follower(5, log()), heartbeat(S2, 5, 0, 3));

    assertThat(step.effects())
        .containsExactly(
            Timer.RESTART_ELECTION, Timer.RESTART_STICKINESS, send(S2, heartbeatReply(S1, 5, 3)));
    assertThat(step.after().leader()).contains(S2);
    assertThat(step.after().hearsLeader()).isTrue();
  }

  @Test
  @DisplayName("a message of an older term restarts no timer")
  void olderTermRestartsNoTimer() {
    for (var message :
        new RaftMessage[] {
          heartbeat(S2, 4, 0, 0), append(S2, 4, at(0, 0), 0), installSnapshot(S2, 4, at(1, 1))
        }) {
      assertThat(effects(hear(follower(5, log()), message), Timer.class)).isEmpty();
    }
  }

  @Test
  @DisplayName("two leaders in one term can't be: who hears a second one stops")
  void secondLeaderOfATermStopsTheReplica() {
    var log = log();

    assertThatThrownBy(() -> leader(5, log).receive(heartbeat(S2, 5, 0, 0)))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("at most one leader in a term");
    assertThatThrownBy(() -> following(S2, 5, log(), 0).receive(heartbeat(S3, 5, 0, 0)))
        .isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("a group of one elects itself as soon as it times out")
  void groupOfOneElectsItself() {
    var cluster = Cluster.of(1);

    cluster.timesOut(S1);

    assertThat(cluster.leader(S1).term()).isEqualTo(term(1));
    assertThat(cluster.committed()).isEqualTo(1);
  }

  @Test
  @DisplayName("a server that is no voter never stands for election")
  void nonVotersNeverStand() {
    var outside = Server.of(STRANGER, group(3), log(), RaftFixture.ROOMY, Priority.of(1));
    var s99 = follower(outside, 5);

    assertThat(checked(s99.electionTimeout()).effects()).containsExactly(Timer.RESTART_ELECTION);
    assertThat(s99.electionTimeout().after()).isEqualTo(s99);
  }

  @Test
  @DisplayName("groups of one to seven elect a leader, and commit an entry of its term")
  void groupsOfAllSizesElect() {
    for (int size = 1; size <= 7; size++) {
      var cluster = Cluster.of(size);

      cluster.elect(S1);

      assertThat(cluster.committed()).as("size %d", size).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("a lost minority changes nothing: groups elect with just a majority of servers")
  void groupsElectWithoutAMinority() {
    for (int size = 3; size <= 7; size++) {
      var cluster = Cluster.of(size);
      for (int lost = 0; lost < (size - 1) / 2; lost++) {
        cluster.cutOff(StoreId.of(size - lost));
      }

      cluster.elect(S1);

      assertThat(cluster.committed()).as("size %d", size).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("without a majority of servers nobody is elected")
  void nobodyIsElectedWithoutAMajority() {
    for (int size = 2; size <= 6; size++) {
      var cluster = Cluster.of(size);
      for (int lost = 0; lost < (size + 1) / 2; lost++) {
        cluster.cutOff(StoreId.of(size - lost));
      }

      cluster.timesOut(S1);
      cluster.deliverAll();

      assertThat(cluster.node(S1).role).as("size %d", size).isInstanceOf(PreCandidate.class);
      assertThat(cluster.node(S1).role.term()).isEqualTo(term(0));
    }
  }

  @Test
  @DisplayName("timers are effects: standing restarts one, leading stops it")
  void timersFollowTheRole() {
    var standing = checked(follower(5, log()).electionTimeout());

    assertThat(standing.effects()).contains(Timer.RESTART_ELECTION);
    assertThat(effects(standing, Effect.Save.class)).isEmpty();
  }
}
