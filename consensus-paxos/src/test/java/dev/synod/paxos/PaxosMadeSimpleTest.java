package dev.synod.paxos;

import static dev.synod.paxos.PaxosFixture.S1;
import static dev.synod.paxos.PaxosFixture.S2;
import static dev.synod.paxos.PaxosFixture.S3;
import static dev.synod.paxos.PaxosFixture.STRANGER;
import static dev.synod.paxos.PaxosFixture.accept;
import static dev.synod.paxos.PaxosFixture.accepted;
import static dev.synod.paxos.PaxosFixture.accepting;
import static dev.synod.paxos.PaxosFixture.acceptor;
import static dev.synod.paxos.PaxosFixture.answer;
import static dev.synod.paxos.PaxosFixture.ask;
import static dev.synod.paxos.PaxosFixture.asked;
import static dev.synod.paxos.PaxosFixture.ballot;
import static dev.synod.paxos.PaxosFixture.nack;
import static dev.synod.paxos.PaxosFixture.prepare;
import static dev.synod.paxos.PaxosFixture.preparing;
import static dev.synod.paxos.PaxosFixture.promise;
import static dev.synod.paxos.PaxosFixture.promised;
import static dev.synod.paxos.PaxosFixture.voted;
import static dev.synod.paxos.PaxosFixture.wanting;
import static dev.synod.paxos.PaxosFixture.whenDurable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.InvariantViolation;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Accepting;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Pausing;
import dev.synod.paxos.rules.Preparing;
import dev.synod.paxos.rules.Proposer;
import dev.synod.paxos.rules.Result;
import dev.synod.paxos.rules.Written;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Paxos Made Simple (Lamport 2001) §2.2")
class PaxosMadeSimpleTest {

  private static final Ballot LOW = ballot(3, S1);
  private static final Ballot HIGH = ballot(3, S2);
  private static final Ballot HIGHER = ballot(4, S1);

  @Nested
  @DisplayName("§2.2 Choosing a value: the conditions")
  class Conditions {

    @Test
    @DisplayName("P1: an acceptor accepts the first proposal that it receives")
    void p1() {
      var step = acceptor().accept(accept(LOW, "a"));

      assertThat(step.after()).isEqualTo(voted(LOW, "a"));
    }

    @Test
    @DisplayName(
        "P1a: it accepts n if it has not answered a prepare of a number above n, only then")
    void p1a() {
      assertThat(promised(HIGH).accept(accept(HIGH, "a")).after()).isEqualTo(voted(HIGH, "a"));
      assertThat(promised(HIGH).accept(accept(HIGHER, "a")).after()).isEqualTo(voted(HIGHER, "a"));

      var refused = promised(HIGH).accept(accept(LOW, "a"));
      assertThat(refused.after()).isEqualTo(promised(HIGH));
      assertThat(refused.effects()).containsExactly(answer(LOW, nack(S1, LOW, HIGH)));
    }

    @Test
    @DisplayName("P2: if a value is chosen, every higher proposal that is chosen has that value")
    void p2() {
      var assembly = new Assembly("s1", "s2", "s3");
      assembly.wants("s1", "a");
      assembly.prepares("s1", "s1", "s2");
      assembly.accepts("s1", "s1", "s2");

      assembly.wants("s3", "c");
      assembly.prepares("s3", "s2", "s3");
      assembly.accepts("s3", "s2", "s3");

      assertThat(assembly.learned()).contains("a");
      assertThat(assembly.result("s3")).isEqualTo(new Result.Chosen<>(ballot(1, S3), "a", false));
    }

    @Test
    @DisplayName(
        "P2a: every higher proposal that is accepted has it, by who never heard of it, too")
    void p2a() {
      var assembly = new Assembly("s1", "s2", "s3");
      assembly.wants("s1", "a");
      assembly.prepares("s1", "s1", "s2");
      assembly.accepts("s1", "s1", "s2");

      assembly.wants("s3", "c");
      assembly.prepares("s3", "s2", "s3");
      assembly.accepts("s3", "s3");

      assertThat(assembly.acceptor("s3").vote()).map(Vote::value).contains("a");
    }

    @Test
    @DisplayName("P2b: every higher proposal that is issued has it")
    void p2b() {
      var assembly = new Assembly("s1", "s2", "s3");
      assembly.wants("s1", "a");
      assembly.prepares("s1", "s1", "s2");
      assembly.accepts("s1", "s1", "s2");

      assembly.wants("s3", "c");
      assembly.prepares("s3", "s2", "s3");

      assertThat(assembly.proposed("s3")).isEqualTo("a");
    }

    @Test
    @DisplayName("P2c: the value of the highest-numbered proposal accepted among a majority")
    void p2cHighest() {
      var first = preparing(HIGHER, "own").receive(promise(S1, HIGHER, LOW, "low"));
      var second = first.after().receive(promise(S2, HIGHER, HIGH, "high"));

      assertThat(asked(second)).containsExactly(accept(HIGHER, "high"));
    }

    @Test
    @DisplayName("P2c: any value if no acceptor of the majority has accepted one")
    void p2cNone() {
      var first = preparing(HIGHER, "own").receive(promise(S3, HIGHER));
      var second = first.after().receive(promise(S2, HIGHER));

      assertThat(asked(first)).isEmpty();
      assertThat(asked(second)).containsExactly(accept(HIGHER, "own"));
    }

    @Test
    @DisplayName("different proposers draw numbers from disjoint sets, and none uses one twice")
    void numbers() {
      assertThat(LOW).isLessThan(HIGH);
      assertThat(HIGH).isLessThan(HIGHER);
      assertThat(Ballot.above(HIGH, S1)).isEqualTo(HIGHER);

      var proposer = Proposer.begin(wanting("a"), HIGH).after().timedOut(1).after();
      assertThatThrownBy(() -> proposer.resume(1, HIGH))
          .isInstanceOf(InvariantViolation.class)
          .hasMessageContaining("a ballot is used once");
    }
  }

  @Nested
  @DisplayName("§2.2 Choosing a value: phase 1")
  class Phase1 {

    @Test
    @DisplayName("(a) a proposer selects a number n and sends a prepare request, once n is its own")
    void a() {
      var step = Proposer.begin(wanting("a"), LOW);

      assertThat(step.effects())
          .containsExactly(
              whenDurable(ask(S1, prepare(LOW))),
              whenDurable(ask(S2, prepare(LOW))),
              whenDurable(ask(S3, prepare(LOW))),
              new Effect.AwaitAnswers<>(1));
    }

    @Test
    @DisplayName(
        "(b) promises n if it is greater than any that was answered, with the highest vote")
    void b() {
      var step = voted(LOW, "a").prepare(prepare(HIGH));

      assertThat(step.after().promised()).isEqualTo(HIGH);
      assertThat(step.after().vote()).contains(new Vote<>(LOW, "a"));
      assertThat(step.effects())
          .containsExactly(
              new Effect.Write<>(new Written.Promised<>(HIGH)),
              whenDurable(answer(HIGH, promise(S1, HIGH, LOW, "a"))));
    }

    @Test
    @DisplayName("(b) refuses a lower one, and says what it has promised; that waits for no disk")
    void bLower() {
      var step = promised(HIGH).prepare(prepare(LOW));

      assertThat(step.after()).isEqualTo(promised(HIGH));
      assertThat(step.effects()).containsExactly(answer(LOW, nack(S1, LOW, HIGH)));
    }

    @Test
    @DisplayName("(b) the same request again gets the same answer, and not before it is durable")
    void bAgain() {
      var step = promised(HIGH).prepare(prepare(HIGH));

      assertThat(step.after()).isEqualTo(promised(HIGH));
      assertThat(step.effects()).containsExactly(whenDurable(answer(HIGH, promise(S1, HIGH))));
    }

    @Test
    @DisplayName("a promise counts once, whoever repeats it")
    void promisesCountOnce() {
      var first = preparing(LOW, "a").receive(promise(S1, LOW));
      var again = first.after().receive(promise(S1, LOW));

      assertThat(again.after()).isInstanceOf(Preparing.class);
    }

    @Test
    @DisplayName("a promise of an earlier ballot, or of a stranger, does not count")
    void otherPromises() {
      var proposer = preparing(HIGHER, "a").receive(promise(S1, HIGHER)).after();

      assertThat(proposer.receive(promise(S2, LOW)).after()).isEqualTo(proposer);
      assertThat(proposer.receive(promise(STRANGER, HIGHER)).after()).isInstanceOf(Preparing.class);
    }
  }

  @Nested
  @DisplayName("§2.2 Choosing a value: phase 2")
  class Phase2 {

    @Test
    @DisplayName("(a) with the answers of a majority, an accept request goes to all acceptors")
    void a() {
      var first = preparing(LOW, "a").receive(promise(S1, LOW));
      var second = first.after().receive(promise(S2, LOW));

      assertThat(second.effects())
          .containsExactly(
              ask(S1, accept(LOW, "a")),
              ask(S2, accept(LOW, "a")),
              ask(S3, accept(LOW, "a")),
              new Effect.AwaitAnswers<>(1));
    }

    @Test
    @DisplayName("(b) an acceptor accepts, and answers when that is durable")
    void b() {
      var step = promised(LOW).accept(accept(LOW, "a"));

      assertThat(step.effects())
          .containsExactly(
              new Effect.Write<>(new Written.Voted<>(new Vote<>(LOW, "a"))),
              whenDurable(answer(LOW, accepted(S1, LOW, "a"))),
              whenDurable(new Effect.Publish<>(accepted(S1, LOW, "a"))));
    }

    @Test
    @DisplayName("(b) accepting raises what is promised")
    void bRaises() {
      var step = acceptor().accept(accept(HIGH, "a"));

      assertThat(step.after().prepare(prepare(LOW)).effects())
          .containsExactly(answer(LOW, nack(S1, LOW, HIGH)));
    }

    @Test
    @DisplayName("(b) the same request again writes nothing and gets the same answer")
    void bAgain() {
      var step = voted(LOW, "a").accept(accept(LOW, "a"));

      assertThat(step.effects())
          .containsExactly(
              whenDurable(answer(LOW, accepted(S1, LOW, "a"))),
              whenDurable(new Effect.Publish<>(accepted(S1, LOW, "a"))));
    }

    @Test
    @DisplayName("two values with one ballot can't be, and stop the acceptor")
    void oneValue() {
      assertThatThrownBy(() -> voted(LOW, "a").accept(accept(LOW, "b")))
          .isInstanceOf(InvariantViolation.class)
          .hasMessageContaining("a ballot has one value");
    }

    @Test
    @DisplayName("chosen when a majority has accepted this ballot, each acceptor counted once")
    void chosen() {
      var first = accepting(HIGH, "a").receive(accepted(S3, HIGH, "a"));
      var again = first.after().receive(accepted(S3, HIGH, "a"));
      var earlier = again.after().receive(accepted(S1, LOW, "a"));
      var second = earlier.after().receive(accepted(S1, HIGH, "a"));

      assertThat(earlier.after()).isInstanceOf(Accepting.class);
      assertThat(second.effects())
          .containsExactly(
              new Effect.Publish<>(new PaxosMessage.Chosen<>(HIGH, "a")),
              new Effect.Finish<>(new Result.Chosen<>(HIGH, "a", true)));
    }

    @Test
    @DisplayName("a proposer may abandon a proposal: refused by one, it hopes; by two, it pauses")
    void abandoned() {
      var one = accepting(LOW, "a").receive(nack(S1, LOW, HIGH));
      var two = one.after().receive(nack(S2, LOW, HIGH));

      assertThat(one.after()).isInstanceOf(Accepting.class);
      assertThat(two.after()).isInstanceOf(Pausing.class);
      assertThat(two.effects()).containsExactly(new Effect.BackOff<>(1));
    }
  }
}
