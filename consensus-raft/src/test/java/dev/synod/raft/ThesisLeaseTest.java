package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.S4;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.checked;
import static dev.synod.raft.RaftFixture.effects;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.messages;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static dev.synod.raft.RaftFixture.voteReply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Effect.ConfirmRead;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Recovery;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.TermState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thesis §6.4.1 Leases")
class ThesisLeaseTest {

  private static final long NONE_RECENT = Long.MAX_VALUE;

  @Test
  @DisplayName("a read is confirmed at once while a quorum has answered a recent round")
  void whileARecentRoundIsAnswered() {
    var s1 = beaten(committing(), 2);

    assertThat(checked(s1.readByLease(1, 1)).effects()).containsExactly(new ConfirmRead(1, 1));
    assertThat(checked(s1.readByLease(1, 2)).effects()).containsExactly(new ConfirmRead(1, 1));
  }

  @Test
  @DisplayName("else it takes a round like any other")
  void elseARound() {
    var s1 = beaten(committing(), 2);

    for (long since : new long[] {3, NONE_RECENT}) {
      var asked = checked(s1.readByLease(1, since));
      var confirmed = hear(asked.after(), heartbeatReply(S3, 5, 3));

      assertThat(effects(asked, ConfirmRead.class)).isEmpty();
      assertThat(effects(confirmed, ConfirmRead.class)).containsExactly(new ConfirmRead(1, 1));
    }
  }

  @Test
  @DisplayName("a new leader has none before an entry of its own term is committed")
  void ownTermFirst() {
    var s1 = beaten(leader(5, log(1)), 1);

    assertThat(effects(checked(s1.readByLease(1, 1)), ConfirmRead.class)).isEmpty();
  }

  @Test
  @DisplayName("it is over as soon as anybody was told to stand, also if the transfer is given up")
  void overByATransfer() {
    var s1 = beaten(committing(), 1);
    var told = checked(s1.transfer(S3, 1));
    var givenUp = (Leader) checked(((Leader) told.after()).quorumCheckDue()).after();
    var beaten = beaten(givenUp, 9);

    assertThat(messages(told)).containsExactly(new TimeoutNow(S1, term(5)));
    assertThat(beaten.takesProposals()).isTrue();
    assertThat(effects(checked(beaten.readByLease(1, 9)), ConfirmRead.class)).isEmpty();
  }

  @Test
  @DisplayName("a transfer that nobody was told of yet leaves it")
  void notYetOver() {
    var log = log();
    Role role = leader(server(S1, 5, log), 5, log);
    for (var store : new StoreId[] {S1, S2, S4}) {
      role = hear(role, accepted(store, 5, 1)).after();
    }
    var s1 = (Leader) hear(beaten((Leader) role, 1), heartbeatReply(S4, 5, 1)).after();

    var begun = (Leader) checked(s1.transfer(S3, 2)).after();

    assertThat(begun.takesProposals()).isFalse();
    assertThat(effects(checked(begun.readByLease(1, 1)), ConfirmRead.class)).hasSize(1);
  }

  @Test
  @DisplayName("what a follower has promised by its answer lasts into a new term")
  void promisesOutliveTerms() {
    var s1 = following(S2, 5, log(1), 1);
    var later = hear(s1, new PreVoteReply(S3, term(7), false)).after();

    var asked = hear(later, requestVote(S3, 8, at(9, 7)));
    var silent = checked(((Follower) later).leaderSilent()).after();

    assertThat(later.term()).isEqualTo(term(7));
    assertThat(asked.effects()).isEmpty();
    assertThat(messages(hear(silent, requestVote(S3, 8, at(9, 7)))))
        .containsExactly(voteReply(S1, 8, true));
  }

  @Test
  @DisplayName("and over a restart, unless it has never known a term")
  void promisesOutliveRestarts() {
    var started = Recovery.follower(server(S1, 3, log()), TermState.INITIAL, LogPosition.ZERO);
    var again =
        Recovery.follower(server(S1, 3, log(1)), TermState.notVotedIn(term(5)), LogPosition.ZERO);

    assertThat(messages(hear(started, requestVote(S3, 6, at(9, 5)))))
        .containsExactly(voteReply(S1, 6, true));
    assertThat(hear(again, requestVote(S3, 6, at(9, 5))).effects()).isEmpty();
    assertThat(hear(again, requestVote(S3, 6, at(9, 5))).after()).isEqualTo(again);
    assertThat(again.leader()).isEmpty();
  }

  @Test
  @DisplayName("a leader that was deposed has promised nobody anything")
  void deposedLeadersMayVote() {
    var deposed = hear(committing(), voteReply(S3, 7, false)).after();

    assertThat(messages(hear(deposed, requestVote(S3, 8, at(9, 7)))))
        .containsExactly(voteReply(S1, 8, true));
    assertThat(deposed).isNotInstanceOf(Candidate.class);
  }

  /** Heartbeats went out up to that round, and S2 has answered. */
  private static Leader beaten(Leader leader, long round) {
    var beaten = leader;
    while (beaten.reads().round() < round) {
      beaten = (Leader) checked(beaten.heartbeatDue()).after();
    }
    return (Leader) hear(beaten, heartbeatReply(S2, 5, round)).after();
  }

  /** A leader of term 5 whose no-op, at 1, is committed and known to all three. */
  private static Leader committing() {
    Role role = leader(5, log());
    for (var store : new StoreId[] {S1, S2, S3}) {
      role = hear(role, accepted(store, 5, 1)).after();
    }
    return (Leader) role;
  }
}
