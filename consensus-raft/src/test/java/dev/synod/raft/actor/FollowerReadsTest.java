package dev.synod.raft.actor;

import static dev.synod.raft.actor.ShellFixture.S2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import dev.synod.raft.protocol.RaftMessage.ReadIndexReply;
import dev.synod.raft.protocol.RaftMessage.RequestReadIndex;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reads of each kind, at a follower and at a leader")
class FollowerReadsTest {

  private static final Term T1 = new Term(1);

  private final ShellFixture node = new ShellFixture("lease-reads = on, clock-drift-max = 0.25");

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  @DisplayName(
      "the leader is asked once for all reads that wait, and again for those that come later")
  void oneQuestionForAll() {
    followsS2();
    node.whileBusy(
        () -> {
          node.ask(1, Read.linearizable());
          node.ask(2, Read.lease());
          node.ask(3, Read.bounded(Duration.ZERO));
        });
    var first = asked();
    node.ask(4, Read.linearizable());
    node.settle();
    node.s2.expectNoMessage();

    confirm(first, 0);
    answers(0, 1, 2, 3);
    var second = asked();
    confirm(second, 0);

    assertThat(second).isGreaterThan(first);
    answers(0, 4);
  }

  @Test
  @DisplayName("an answer waits until what the leader named is applied")
  void waitsForTheIndex() {
    followsS2();
    node.ask(1, Read.linearizable());
    confirm(asked(), 77);

    answers(77, 1);
  }

  @Test
  @DisplayName("what is said about reads of another life, or twice, answers nothing")
  void staleAnswers() {
    followsS2();
    node.ask(1, Read.linearizable());
    long number = asked();

    confirm(number - 1, 0);
    confirm(1, 0);
    node.settle();
    node.applier.expectNoMessage();
    confirm(number, 0);
    confirm(number, 0);

    answers(0, 1);
    node.settle();
    node.applier.expectNoMessage();
  }

  @Test
  @DisplayName("a lost question is repeated after two heartbeats")
  void repeats() {
    followsS2();
    node.ask(1, Read.linearizable());
    long number = asked();

    node.timePasses(Duration.ofMillis(119));
    node.s2.expectNoMessage();
    node.timePasses(Duration.ofMillis(1));

    assertThat(asked()).isEqualTo(number);
  }

  @Test
  @DisplayName("who hears no leader sends its clients away")
  void withoutALeader() {
    node.start();
    node.ask(1, Read.linearizable());
    refused(1, Reason.NO_LEADER);
    hearsS2();
    node.ask(2, Read.linearizable());
    asked();

    node.timePasses(ShellFixture.settings().electionTimeoutMin());
    node.timePasses(ShellFixture.settings().heartbeatInterval().multipliedBy(2));

    refused(2, Reason.NO_LEADER);
    node.ask(3, Read.bounded(Duration.ofSeconds(1)));
    refused(3, Reason.NO_LEADER);
    node.ask(4, Read.stale());
    answers(0, 4);
  }

  @Test
  @DisplayName("who is far behind sends its clients to the leader")
  void farBehind() {
    followsS2();
    node.ask(1, Read.linearizable());
    confirm(asked(), ShellFixture.settings().entriesAheadMax() + 1);

    refused(1, Reason.NO_LEADER);
    node.applier.expectNoMessage();
  }

  @Test
  @DisplayName("as long as the last answer is young enough, a bounded read asks nobody")
  void bounded() {
    followsS2();
    node.ask(1, Read.bounded(Duration.ofMillis(100)));
    confirm(asked(), 5);
    answers(5, 1);

    node.timePasses(Duration.ofMillis(99));
    node.ask(2, Read.bounded(Duration.ofMillis(100)));
    answers(5, 2);
    node.timePasses(Duration.ofMillis(1));
    node.ask(3, Read.bounded(Duration.ofMillis(100)));

    confirm(asked(), 6);
    answers(6, 3);
  }

  @Test
  @DisplayName("a young answer counts from when it was asked for, however late it came")
  void boundedFromTheQuestion() {
    followsS2();
    node.ask(1, Read.linearizable());
    long number = asked();
    node.timePasses(Duration.ofMillis(110));
    confirm(number, 5);
    answers(5, 1);

    node.ask(2, Read.bounded(Duration.ofMillis(100)));

    assertThat(asked()).isGreaterThan(number);
  }

  @Test
  @DisplayName("a leader answers by its lease until that has run out by its clock")
  void lease() {
    leads();
    node.timePasses(Duration.ofMillis(60));
    node.fromPeer(new HeartbeatReply(S2, T1, 1, 1));

    node.ask(1, Read.lease());
    answers(1, 1);
    node.timePasses(Duration.ofMillis(179));
    node.ask(2, Read.lease());
    answers(1, 2);
    node.timePasses(Duration.ofMillis(1));
    node.ask(3, Read.lease());
    node.settle();
    node.applier.expectNoMessage();
  }

  @Test
  @DisplayName("where leases are off, a lease read takes a round like any other")
  void leasesOff() {
    try (var off = new ShellFixture()) {
      off.startLeader();
      off.fromPeer(new AppendAccepted(S2, T1, 1));
      off.log.becomeDurable();
      off.applier.expectMessageClass(ApplierMessage.Apply.class);
      off.timePasses(Duration.ofMillis(60));
      off.fromPeer(new HeartbeatReply(S2, T1, 1, 1));

      off.ask(1, Read.lease());
      off.settle();
      off.applier.expectNoMessage();
      off.fromPeer(new HeartbeatReply(S2, T1, 2, 1));

      assertThat(off.applier.expectMessageClass(ApplierMessage.Answer.class).index()).isEqualTo(1);
    }
  }

  private void leads() {
    node.startLeader();
    node.fromPeer(new AppendAccepted(S2, T1, 1));
    node.log.becomeDurable();
    node.applier.expectMessageClass(ApplierMessage.Apply.class);
  }

  private void followsS2() {
    node.start();
    hearsS2();
  }

  private void hearsS2() {
    node.fromPeer(new Heartbeat(S2, T1, 0, 1));
    node.settle();
    node.log.becomeDurable();
    node.expectToldBy(node.s2, HeartbeatReply.class);
  }

  private long asked() {
    return node.expectToldBy(node.s2, RequestReadIndex.class).read();
  }

  private void confirm(long number, long index) {
    node.fromPeer(new ReadIndexReply(S2, T1, number, index));
  }

  private void answers(long index, long... tags) {
    for (long tag : tags) {
      var answer = node.applier.expectMessageClass(ApplierMessage.Answer.class);
      assertThat(answer.question().tag()).isEqualTo(tag);
      assertThat(answer.index()).isEqualTo(index);
    }
  }

  private void refused(long tag, Reason reason) {
    Answer answer = node.client.receiveMessage().answers().get(0);
    assertThat(answer.tag()).isEqualTo(tag);
    assertThat(answer.outcome())
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, no -> assertThat(no.reason()).isEqualTo(reason));
  }
}
