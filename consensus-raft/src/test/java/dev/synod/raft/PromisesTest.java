package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.entries;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.notVoted;
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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.InvariantViolation;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Planted faults: what looks at every step objects to the steps that it is there to catch. */
@DisplayName("A step that breaks a promise is objected to")
class PromisesTest {

  private static final ListLog LOG = log(1);

  @Test
  @DisplayName("a vote that leaves before it is durable")
  void ungatedVote() {
    assertBroken(List.of(send(S2, voteReply(S1, 5, true))), "leaves before it is durable");
  }

  @Test
  @DisplayName(
      "entries acknowledged before they are durable, by a follower or by the leader itself")
  void ungatedAcceptance() {
    assertBroken(List.of(send(S2, accepted(S1, 5, 1))), "leaves before it is durable");
    assertBroken(List.of(send(S1, accepted(S1, 5, 1))), "leaves before it is durable");
  }

  @Test
  @DisplayName("a vote asked for in a term that is not saved, or not durable")
  void candidacyNotSaved() {
    assertBroken(List.of(whenDurable(S2, requestVote(S1, 5, at(0, 0)))), "was not saved");
    assertBroken(
        List.of(save(voted(5, S1)), send(S2, requestVote(S1, 5, at(0, 0)))),
        "leaves before it is durable");
  }

  @Test
  @DisplayName("an acknowledgement that does not wait for the entries it speaks of")
  void acceptanceBeforeTheWrite() {
    assertBroken(
        List.of(whenDurable(S2, accepted(S1, 5, 2)), new Effect.Append(entries(at(1, 1), 5))),
        "a write stands after a promise");
  }

  @Test
  @DisplayName("what promises nothing may leave at once: refusals, heartbeats, pre-votes")
  void otherMessagesMayLeave() {
    Promises.check(
        List.of(
            send(S2, voteReply(S1, 5, false)),
            send(S2, rejected(S1, 5, 1, at(0, 0))),
            send(S2, heartbeatReply(S1, 5, 0)),
            send(S2, new PreVoteReply(S1, term(5), true))));
  }

  @Test
  @DisplayName("Step: currentTerm never decreases")
  void stepTermDecreases() {
    var before = follower(5, LOG);

    assertImpossible(before, follower(4, LOG), List.of(save(notVoted(4))), "never decreases");
  }

  @Test
  @DisplayName("Step: one vote per term")
  void stepSecondVote() {
    var before = new Follower(server(S1, 3, LOG), voted(5, S2), 0, Optional.empty(), false);
    var after = new Follower(server(S1, 3, LOG), voted(5, S3), 0, Optional.empty(), false);

    assertImpossible(before, after, List.of(save(voted(5, S3))), "one vote per term");
    assertImpossible(before, follower(5, LOG), List.of(save(notVoted(5))), "one vote per term");
  }

  @Test
  @DisplayName("Step: a new term or vote is saved")
  void stepNotSaved() {
    assertImpossible(follower(5, LOG), follower(6, LOG), List.of(), "are durable before");
    assertImpossible(
        follower(5, LOG), follower(6, LOG), List.of(save(notVoted(7))), "are durable before");
  }

  @Test
  @DisplayName("Step: nothing is said at once in a step that changes term or vote")
  void stepSpeaksAtOnce() {
    var reply = heartbeatReply(S1, 6, 0);

    assertImpossible(
        follower(5, LOG),
        follower(6, LOG),
        List.of(save(notVoted(6)), send(S2, reply)),
        "are durable before");
    assertImpossible(
        follower(5, LOG),
        follower(6, LOG),
        List.of(save(notVoted(6)), sendEntries(S2, 6, at(0, 0), 1, 0)),
        "are durable before");
  }

  @Test
  @DisplayName("Step: what is gated stands after the save")
  void stepGatedTooEarly() {
    assertImpossible(
        follower(5, LOG),
        follower(6, LOG),
        List.of(whenDurable(S2, heartbeatReply(S1, 6, 0)), save(notVoted(6))),
        "are durable before");
  }

  @Test
  @DisplayName("Step: commitIndex never decreases")
  void stepCommitDecreases() {
    var before = following(S2, 5, LOG, 1);

    assertImpossible(before, following(S2, 5, LOG, 0), List.of(), "commitIndex never decreases");
  }

  private static void assertBroken(List<Effect> effects, String text) {
    assertThatThrownBy(() -> Promises.check(effects))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(text);
  }

  private static void assertImpossible(Role before, Role after, List<Effect> effects, String text) {
    assertThatThrownBy(() -> new Step(before, after, effects))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining(text);
  }
}
