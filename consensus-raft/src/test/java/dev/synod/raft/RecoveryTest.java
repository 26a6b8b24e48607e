package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.InvariantViolation;
import dev.synod.core.LogPosition;
import dev.synod.raft.rules.Recovery;
import dev.synod.raft.rules.TermState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("After a restart")
class RecoveryTest {

  @Test
  @DisplayName("the log goes on from a snapshot that it holds the last entry of")
  void continues() {
    var log = log(1, 1, 2);

    assertThat(Recovery.continues(log, at(2, 1))).isTrue();
    assertThat(Recovery.continues(log, LogPosition.ZERO)).isTrue();
  }

  @Test
  @DisplayName("the log begins anew behind a snapshot that is ahead of it or contradicts it (§7)")
  void beginsAnew() {
    var log = log(1, 1, 2);

    assertThat(Recovery.continues(log, at(4, 2))).isFalse();
    assertThat(Recovery.continues(log, at(2, 2))).isFalse();
  }

  @Test
  @DisplayName("what a snapshot covers is committed, and nothing else is known to be")
  void commitIndex() {
    var follower =
        Recovery.follower(server(S1, 3, log(1, 1, 2)), TermState.notVotedIn(term(2)), at(2, 1));

    assertThat(follower.commitIndex()).isEqualTo(2);
    assertThat(follower.leader()).isEmpty();
  }

  @Test
  @DisplayName("an entry of a later term than the server's shows that its term and vote were lost")
  void forgottenTerm() {
    var server = server(S1, 3, log(1, 3));

    assertThatThrownBy(
            () -> Recovery.follower(server, TermState.notVotedIn(term(2)), LogPosition.ZERO))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("later term");
  }
}
